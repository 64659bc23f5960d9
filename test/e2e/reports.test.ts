import type { Page } from 'playwright-core';
import { violations } from '../kit/accessible';
import { chromiumPath } from '../kit/chromium';
import { Dashboard } from '../kit/dashboard';
import { screenshot } from '../kit/screenshots';
import { testWith } from '../kit/shared-data';
import { stackAndBrowser } from '../kit/stack-and-browser';
import { thawJson } from '../kit/thaw-cli';
import { until } from '../kit/until';
import { reload, visit } from '../kit/visit';

const inBrowser = testWith({ Chromium: Boolean(chromiumPath) });

describe('reports', () => {
  const on = stackAndBrowser(Boolean(chromiumPath), { trainers: 0 });
  let runId: string;

  const ask = async (query: string, variables: object) => (await thawJson<{ data: Record<string, { run?: { id: string }; report?: { id: string; body: string }; userErrors?: unknown[] }> }>(on.stack.url, 'query', query, '--variables', JSON.stringify(variables))).data;
  const logLoss = (batchId: string, step: number, value: number) =>
    ask('mutation ($input: LogMetricsInput!) { logMetrics(input: $input) { userErrors { message } } }', { input: { runId, batchId, columns: [{ key: 'val/loss', steps: [step], values: [value] }] } });
  const stored = async (id: string) => ((await ask('query ($id: ID!) { report(id: $id) { id body } }', { id })) as unknown as { report: { body: string } }).report.body;
  const saved = (page: Page) => page.locator('[data-save-state=saved]').waitFor();
  const source = (page: Page) => page.getByLabel('Markdown of the report');
  const expectAccessible = async (page: Page) => expect(await violations(page)).toEqual([]);

  beforeAll(async () => {
    if (!chromiumPath) return;
    const { createRun } = await ask('mutation ($input: CreateRunInput!) { createRun(input: $input) { run { id } userErrors { message } } }', { input: { project: 'lab', name: 'by-hand' } });
    runId = createRun!.run!.id;
    await logLoss('first', 1, 0.9);
    await logLoss('second', 2, 0.7);
  }, 120_000);

  inBrowser('a report is written, survives reloads, outages and another writer, and is read under its link until that is revoked', async () => {
    const { page, errors } = await Dashboard.open(on.browser, `${on.stack.url}/p/lab/reports`);
    await page.getByText('No reports in this project yet').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: /^Blank/ }).click();
    await source(page).waitFor();
    const id = page.url().split('/').at(-1)!;

    await page.getByLabel('Title').fill('Loss by hand');
    await source(page).pressSequentially(`The loss **falls**.\n\n\`\`\`thaw\nkind: chart\nmetric: val/loss\nheigth: 200\nruns: ${runId}\n\`\`\`\n\n<script>alert(1)</script>`);
    const preview = page.getByRole('region', { name: 'Preview', exact: true });
    await preview.getByText('A chart block has no option heigth. Did you mean height?').waitFor();
    await source(page).fill((await source(page).inputValue()).replace('heigth', 'height'));
    await preview.getByRole('figure', { name: 'val/loss', exact: true }).getByText('by-hand').waitFor();
    await preview.locator('canvas').first().waitFor();
    expect(await page.locator('script', { hasText: 'alert(1)' }).count()).toBe(0);
    await page.keyboard.press('Control+s');
    await saved(page);
    await screenshot(page, 'report-editor');
    await expectAccessible(page);
    await reload(page);
    expect(await source(page).inputValue()).toContain('height: 200');
    await preview.locator('canvas').first().waitFor();

    // Without a connection what is typed is kept, and saved when it is back.
    await page.context().setOffline(true);
    await source(page).press('Control+Home');
    await source(page).pressSequentially('Written on a train. ');
    await page.getByText('Kept in this browser').waitFor();
    await page.context().setOffline(false);
    await saved(page);
    expect(await stored(id)).toMatch(/^Written on a train\. The loss/);

    // Typed and not yet saved when the page goes.
    await page.context().setOffline(true);
    await source(page).press('Control+Home');
    await source(page).pressSequentially('Twice. ');
    await page.getByText('Kept in this browser').waitFor();
    await page.close({ runBeforeUnload: false });
    const context = page.context();
    await context.setOffline(false);
    const back = await context.newPage();
    await visit(back, `${on.stack.url}/p/lab/reports/${id}`);
    await until('what was typed', () => source(back).inputValue(), (text) => text.startsWith('Twice. Written'), 10_000);
    await saved(back);
    expect(await stored(id)).toMatch(/^Twice\. Written/);

    // Two at once: neither text is lost.
    const { page: other } = await Dashboard.open(on.browser, `${on.stack.url}/p/lab/reports/${id}`);
    await source(other).waitFor();
    await context.setOffline(true);
    await source(back).press('Control+Home');
    await source(back).pressSequentially('Mine. ');
    await source(other).press('Control+Home');
    await source(other).pressSequentially('Theirs. ');
    await other.keyboard.press('Control+s');
    await until('their text', () => stored(id), (text) => text.startsWith('Theirs.'), 10_000);
    await context.setOffline(false);
    const conflict = back.getByRole('region', { name: 'Two versions of this report', exact: true });
    await conflict.getByLabel('Yours, the text').getByText('Mine. Twice.').waitFor();
    await conflict.getByLabel('Theirs, the text').getByText('Theirs. Twice.').waitFor();
    await screenshot(back, 'report-conflict');
    await expectAccessible(back);
    await conflict.getByRole('button', { name: 'Keep yours', exact: true }).click();
    await saved(back);
    expect(await stored(id)).toMatch(/^Mine\. Twice\./);
    await back.getByRole('button', { name: 'More', exact: true }).click();
    await back.getByRole('menuitem', { name: 'History', exact: true }).click();
    await back.getByLabel('The text then').getByText('Theirs. Twice.').waitFor();
    await back.keyboard.press('Escape');

    await back.getByRole('button', { name: 'Share', exact: true }).click();
    await back.getByRole('button', { name: 'Create a link', exact: true }).click();
    const link = await back.getByRole('textbox', { name: 'Link', exact: true }).inputValue();
    const { page: reader, errors: readerErrors } = await Dashboard.open(on.browser, link);
    await reader.getByRole('heading', { level: 1, name: 'Loss by hand', exact: true }).waitFor();
    await reader.getByText('Mine. Twice.').waitFor();
    await reader.locator('canvas').first().waitFor();
    expect(await reader.getByRole('navigation').count()).toBe(0);
    expect(await reader.locator('meta[property="og:title"]').getAttribute('content')).toBe('Loss by hand');
    await screenshot(reader, 'report-shared');
    await expectAccessible(reader);
    await reader.setViewportSize({ width: 390, height: 844 });
    expect(await reader.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await screenshot(reader, 'report-shared-phone');

    await back.keyboard.press('Escape');
    await back.getByRole('button', { name: 'More', exact: true }).click();
    await back.getByRole('menuitem', { name: 'Delete', exact: true }).click();
    await back.waitForURL('**/p/lab/reports');
    await back.getByRole('button', { name: 'Undo', exact: true }).waitFor();
    await visit(back, `${on.stack.url}/p/lab/reports/${id}`);
    await back.getByRole('button', { name: 'Bring it back', exact: true }).click();
    await source(back).waitFor();
    await back.getByRole('button', { name: 'Share', exact: true }).click();
    await back.getByRole('button', { name: 'Revoke the link', exact: true }).click();
    await back.getByRole('button', { name: 'Create a link', exact: true }).waitFor();
    const gone = await visit(reader, link);
    expect(gone!.status()).toBe(404);
    await reader.getByText('This link leads to no report').waitFor();
    expect([...errors, ...readerErrors].filter((error) => !/404|ERR_INTERNET_DISCONNECTED/.test(error))).toEqual([]);
  }, 120_000);
});
