import type { Browser, Page } from 'playwright-core';
import { until } from './until';
import { visit } from './visit';

/** What is typed into the launch form, by its labels. */
interface LaunchFields {
  name?: string;
  backbone?: string;
  choices?: Record<string, string>;
  /** The values of a choice, each of which makes a run. */
  several?: Record<string, readonly string[]>;
  values?: Record<string, string>;
  notes?: string;
}

/** What a person does in the dashboard, in their words. */
export class Dashboard {
  private constructor(readonly page: Page, readonly url: string, readonly errors: string[]) {}

  static async open(browser: Browser, url: string, colorScheme: 'light' | 'dark' = 'light'): Promise<Dashboard> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await visit(page, url);
    return new Dashboard(page, url, errors);
  }

  async visit(path: string): Promise<void> {
    await visit(this.page, this.url + path);
  }

  async importDataset(name: string, zip: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Import dataset', exact: true }).click();
    const dialog = this.page.getByRole('dialog', { name: 'Import a dataset', exact: true });
    await dialog.getByTestId('zip-input').setInputFiles(zip);
    await dialog.getByLabel('Name', { exact: true }).fill(name);
    await dialog.getByRole('button', { name: 'Import dataset', exact: true }).click();
    await dialog.getByText(`${name} is imported`).waitFor({ timeout: 120_000 });
  }

  async importBackbone(name: string, folder: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Import backbone', exact: true }).first().click();
    const dialog = this.page.getByRole('dialog', { name: 'Import a backbone', exact: true });
    await dialog.getByTestId('folder-input').setInputFiles(folder);
    await dialog.getByLabel('Name', { exact: true }).fill(name);
    await dialog.getByRole('button', { name: 'Import backbone', exact: true }).click();
    await dialog.waitFor({ state: 'hidden', timeout: 60_000 });
  }

  /** Types into the launch form what is given, and leaves the rest as it is. */
  async fillLaunchForm({ name, backbone, choices = {}, several = {}, values = {}, notes }: LaunchFields): Promise<void> {
    const { page } = this;
    if (backbone) await page.getByRole('radio', { name: backbone, exact: true }).check();
    if (name !== undefined) await page.getByLabel('Run name').fill(name);
    for (const [label, value] of Object.entries(choices)) await page.getByLabel(label, { exact: true }).selectOption(value);
    for (const [label, all] of Object.entries(several)) {
      await page.getByRole('button', { name: `Several values of ${label}`, exact: true }).click();
      const boxes = page.getByRole('group', { name: label, exact: true }).getByRole('checkbox');
      // On before off: the last one that is ticked stays.
      for (const ticked of [true, false]) {
        for (const box of await boxes.all()) {
          const wanted = all.includes((await box.locator('..').innerText()).trim());
          if (wanted === ticked) await box.setChecked(wanted);
        }
      }
    }
    for (const [label, value] of Object.entries(values)) await page.getByLabel(label, { exact: true }).fill(value);
    if (notes !== undefined) await page.getByRole('textbox', { name: 'Notes', exact: true }).fill(notes);
  }

  /** Fills what is given, launches, and ends on the run's page. Returns the run's id. */
  async launch(fields: LaunchFields): Promise<string> {
    const { page } = this;
    await this.fillLaunchForm(fields);
    await page.getByRole('button', { name: 'Launch run', exact: true }).click();
    await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
    return page.url().split('/').at(-1)!;
  }

  /** Launches what the form makes of several values, and ends on the table of just these runs. */
  async launchSeveral(count: number): Promise<void> {
    const { page } = this;
    await page.getByRole('button', { name: `Launch ${count} runs`, exact: true }).click();
    await page.waitForURL(/\/runs\?q=tag/);
    await until(`${count} runs in the table`, () => this.rows(), (rows) => rows.length === count, 30_000);
  }

  /** The runs of the table as far as they are in sight, from the top: what stands in each row. */
  async rows(): Promise<string[]> {
    const texts = await this.page.getByRole('table', { name: 'Runs', exact: true }).getByRole('row').filter({ has: this.page.getByRole('checkbox', { name: /^Select (?!all runs)/ }) }).allInnerTexts();
    return texts.map((text) => text.replace(/\s+/g, ' '));
  }

  async tick(run: string): Promise<void> {
    await this.page.getByRole('checkbox', { name: `Select ${run}`, exact: true }).check();
  }

  /** The steps the chart has drawn so far, as it tells people who do not see it. */
  async chartedEpoch(metric: string): Promise<number> {
    const text = (await this.page.getByRole('img', { name: new RegExp(`Chart of .*${metric}`) }).first().getAttribute('aria-label').catch(() => null)) ?? '';
    return Math.max(0, ...[...text.matchAll(/at epoch (\d+)/g)].map(([, epoch]) => Number(epoch)));
  }

  async finished(timeout: number): Promise<void> {
    await this.page.getByText('Finished', { exact: false }).first().waitFor({ timeout });
    await this.page.getByRole('tab', { name: 'Evaluation', exact: true }).click();
    await this.page.getByRole('table', { name: 'Confusion matrix', exact: true }).waitFor();
  }

  /** On the page of a report: gives it a title, writes above what stands there, shares it. Returns the link. */
  async writeReport(title: string, text: string): Promise<string> {
    const { page } = this;
    await page.getByLabel('Title').fill(title);
    const source = page.getByLabel('Markdown of the report');
    await source.press('Control+Home');
    await source.pressSequentially(text);
    await page.getByRole('status').filter({ hasText: /^Saved$/ }).waitFor();
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Share this report', exact: true });
    await dialog.getByRole('button', { name: 'Create a link', exact: true }).click();
    const link = await dialog.getByLabel('Link', { exact: true }).inputValue();
    await page.keyboard.press('Escape');
    return link;
  }

  /** The figure named so in the evaluation or the header, as a number; 83.00 % is 0.83. */
  async figure(name: string): Promise<number> {
    const text = await this.page.locator('dl > div', { has: this.page.locator('dt', { hasText: new RegExp(`^${name}$`) }) }).first().locator('dd').innerText();
    const number = Number.parseFloat(text.replace(',', ''));
    return text.includes('%') ? number / 100 : number;
  }
}
