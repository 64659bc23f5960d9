import type { Browser, Page } from 'playwright-core';

/** What a person does in the dashboard, in their words. */
export class Dashboard {
  private constructor(readonly page: Page, readonly url: string, readonly errors: string[]) {}

  static async open(browser: Browser, url: string, colorScheme: 'light' | 'dark' = 'light'): Promise<Dashboard> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(url);
    return new Dashboard(page, url, errors);
  }

  async visit(path: string): Promise<void> {
    await this.page.goto(this.url + path);
  }

  async importDataset(name: string, zip: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Import dataset' }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Import a dataset' });
    await dialog.getByTestId('zip-input').setInputFiles(zip);
    await dialog.getByLabel('Name', { exact: true }).fill(name);
    await dialog.getByRole('button', { name: 'Import dataset' }).click();
    await dialog.getByText(`${name} is imported`).waitFor({ timeout: 120_000 });
  }

  async importBackbone(name: string, folder: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Import backbone' }).first().click();
    const dialog = this.page.getByRole('dialog', { name: 'Import a backbone' });
    await dialog.getByTestId('folder-input').setInputFiles(folder);
    await dialog.getByLabel('Name', { exact: true }).fill(name);
    await dialog.getByRole('button', { name: 'Import backbone' }).click();
    await dialog.waitFor({ state: 'hidden', timeout: 60_000 });
  }

  /** Fills what is given, launches, and ends on the run's page. Returns the run's id. */
  async launch(fields: { name: string; backbone?: string; choices?: Record<string, string>; values?: Record<string, string> }): Promise<string> {
    const { page } = this;
    if (fields.backbone) await page.getByRole('radio', { name: fields.backbone, exact: true }).check();
    await page.getByLabel('Run name').fill(fields.name);
    for (const [label, value] of Object.entries(fields.choices ?? {})) await page.getByLabel(label).selectOption(value);
    for (const [label, value] of Object.entries(fields.values ?? {})) await page.getByLabel(label).fill(value);
    await page.getByRole('button', { name: 'Launch run' }).click();
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
    return page.url().split('/').at(-1)!;
  }

  /** The steps the chart has drawn so far, as it tells people who do not see it. */
  async chartedEpoch(metric: string): Promise<number> {
    const text = (await this.page.getByRole('img', { name: new RegExp(`Chart of .*${metric}`) }).first().getAttribute('aria-label').catch(() => null)) ?? '';
    return Math.max(0, ...[...text.matchAll(/at epoch (\d+)/g)].map(([, epoch]) => Number(epoch)));
  }

  async finished(timeout: number): Promise<void> {
    await this.page.getByText('Finished', { exact: false }).first().waitFor({ timeout });
    await this.page.getByRole('tab', { name: 'Evaluation' }).click();
    await this.page.getByRole('table', { name: 'Confusion matrix' }).waitFor();
  }

  /** The figure named so in the evaluation or the header, as a number; 83.00 % is 0.83. */
  async figure(name: string): Promise<number> {
    const text = await this.page.locator('dl > div', { has: this.page.locator('dt', { hasText: new RegExp(`^${name}$`) }) }).first().locator('dd').innerText();
    const number = Number.parseFloat(text.replace(',', ''));
    return text.includes('%') ? number / 100 : number;
  }
}
