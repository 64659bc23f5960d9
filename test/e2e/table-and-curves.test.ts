import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { chromiumPath } from '../kit/chromium';
import { Dashboard } from '../kit/dashboard';
import { testWith } from '../kit/shared-data';
import { stackAndBrowser } from '../kit/stack-and-browser';
import { until } from '../kit/until';
import { reload, visit } from '../kit/visit';

const inBrowser = testWith({ Chromium: Boolean(chromiumPath) });
const project = 'sweep';
const steps = Array.from({ length: 60 }, (_, index) => index + 1);

/** Runs 1 to 24: every other one trains the head alone, the later the better; each loss leaps once. */
const runs = Array.from({ length: 24 }, (_, index) => ({
  name: `run-${index + 1}`,
  config: { freeze: index % 2 ? 'full' : 'head', learningRate: 10 ** (-4 + index / 12) },
  metrics: [
    { key: 'val/accuracy', steps, values: steps.map((step) => (0.5 + index / 100) * (1 - 1 / (step + 1))) },
    { key: 'val/loss', steps, values: steps.map((step) => (step === 30 ? 1000 : 2 / step + index / 1000)) },
    { key: 'tokens', steps, values: steps.map((step) => step * 512) },
  ],
}));

describe('runs of a sweep', () => {
  const on = stackAndBrowser(Boolean(chromiumPath), { trainers: 0 });

  beforeAll(async () => {
    if (!chromiumPath) return;
    for (const run of runs) {
      const { createRun } = await ask<{ createRun: { run: { id: string } } }>('mutation ($input: CreateRunInput!) { createRun(input: $input) { run { id } userErrors { message } } }', { project, ...run });
      await ask('mutation ($input: FinishRunInput!) { finishRun(input: $input) { userErrors { message } } }', { id: createRun.run.id, status: 'FINISHED' });
    }
  }, 120_000);

  const ask = async <Data>(query: string, input: object): Promise<Data> => {
    const response = await fetch(`${on.stack.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables: { input } }) });
    const { data } = (await response.json()) as { data: Record<string, { userErrors: unknown[] }> };
    for (const { userErrors } of Object.values(data)) expect(userErrors).toEqual([]);
    return data as Data;
  };
  const open = async (path: string) => {
    const { page, errors } = await Dashboard.open(on.browser, `${on.stack.url}/p/${project}/${path}`);
    return { page, errors, [Symbol.asyncDispose]: () => page.context().close() };
  };

  inBrowser('columns are moved, widened and pinned by keys and by dragging, and stand so after a reload', async () => {
    await using dashboard = await open('runs');
    const { page, errors } = dashboard;
    await names(page, 'run-24');
    const before = await headers(page);
    const edge = page.getByRole('separator', { name: 'Width of Name', exact: true });
    await edge.focus();
    await page.keyboard.press('Shift+ArrowRight');
    await menu(page, 'Column Dataset', 'Move left');
    await header(page, 'val/loss min').locator('[draggable=true]').dragTo(header(page, 'Status'));
    const moved = await until('the columns to move', () => headers(page), (titles) => titles[1] === 'val/loss min');
    expect(moved.indexOf('Dataset')).toBe(moved.indexOf('Backbone') - 1);
    expect([...moved].sort()).toEqual([...before].sort());
    await menu(page, 'Column val/loss min', 'Pin, so that it stays in sight');
    const status = page.getByRole('separator', { name: 'Width of Status', exact: true });
    const narrow = Number(await status.getAttribute('aria-valuenow'));
    await dragBy(page, status, 60);
    expect(Number(await status.getAttribute('aria-valuenow'))).toBe(narrow + 60);
    await page.mouse.move(200, 400, { steps: 5 });
    expect(Number(await status.getAttribute('aria-valuenow'))).toBe(narrow + 60);
    await dragBy(page, status, -400);
    const widths = await until('the widths in the address', async () => new URL(page.url()).searchParams.get('w') ?? '', (text) => text.endsWith(',status*56'));

    await reload(page);
    await names(page, 'run-24');
    expect(await headers(page)).toEqual(moved);
    expect(widths).toBe(`name*${await edge.getAttribute('aria-valuenow')},status*56`);
    expect(new URL(page.url()).searchParams.get('pin')).toBe('2');
    expect(errors).toEqual([]);
  }, 60_000);

  inBrowser('a search, a sort, a group and a baseline show what they should; a saved view brings them back', async () => {
    await using dashboard = await open('runs');
    const { page, errors } = dashboard;
    await names(page, 'run-24');
    await page.locator('[data-page-search]').fill('max(val/accuracy) > 0.6');
    await names(page, 'run-24', 12);
    await header(page, 'val/accuracy max').getByRole('button').first().click();
    await header(page, 'val/accuracy max').getByRole('button').first().click();
    await names(page, 'run-13', 12);

    await page.getByRole('button', { name: 'Actions for run-14', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Make it the baseline', exact: true }).click();
    await row(page, 'run-20').getByText(/^\+0\.0\d+ better$/).waitFor();
    await row(page, 'run-13').getByText(/^−0\.0\d+ worse$/).waitFor();

    await menu(page, 'Column freeze', 'Group by it');
    await page.getByRole('button', { name: /^freeze head 6/ }).click();
    const unfolded = () => until('the runs of the group', () => page.locator('a[data-row-link]').allInnerTexts(), (all) => all.filter((name) => name !== 'run-14').length === 6);
    await unfolded();
    await reload(page);
    await unfolded();
    expect(await page.getByRole('row', { name: /freeze full/ }).innerText()).toContain('±');

    await page.getByRole('button', { name: 'Views', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Save as a new view …', exact: true }).click();
    await page.getByLabel('Name', { exact: true }).fill('the better half');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'Views: the better half', exact: true }).waitFor();
    await visit(page, `${on.stack.url}/p/${project}/runs`);
    await names(page, 'run-24', 24);
    await page.getByRole('button', { name: 'Views', exact: true }).click();
    await page.getByRole('menuitem', { name: 'the better half', exact: true }).click();
    await page.getByRole('button', { name: /^freeze head 6/ }).waitFor();
    expect(await page.locator('[data-page-search]').inputValue()).toBe('max(val/accuracy) > 0.6');
    expect(errors).toEqual([]);
  }, 60_000);

  inBrowser('tagging, archiving and deleting are undone; notes are kept', async () => {
    await using dashboard = await open('runs?cols=name,tags,notes');
    const { page, errors } = dashboard;
    await names(page, 'run-24');
    await page.getByRole('button', { name: 'Tags of run-23, with commas between: none. Edit', exact: true }).click();
    await page.getByRole('textbox', { name: 'Tags of run-23, with commas between', exact: true }).fill('late');
    await page.keyboard.press('Enter');
    await row(page, 'run-23').getByText('late', { exact: true }).waitFor();
    await page.getByRole('checkbox', { name: 'Select run-24', exact: true }).check();
    await page.getByRole('checkbox', { name: 'Select run-22', exact: true }).click({ modifiers: ['Shift'] });
    await page.getByRole('button', { name: 'Tag', exact: true }).click();
    await page.getByLabel('Tags', { exact: true }).fill('late, good');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    for (const name of ['run-24', 'run-23', 'run-22']) await row(page, name).getByText('late, good', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    for (const name of ['run-24', 'run-23', 'run-22']) await row(page, name).getByText(name === 'run-23' ? 'late' : 'Add tags …', { exact: true }).waitFor();

    for (const [button, said] of [['Archive', 'Archived 3 runs'], ['Delete', 'Deleted 3 runs']] as const) {
      for (const name of ['run-24', 'run-23', 'run-22']) await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check();
      await page.getByRole('group', { name: 'Selected runs', exact: true }).getByRole('button', { name: button, exact: true }).click();
      const notice = page.locator('li, [role=status]').filter({ hasText: said }).last();
      await notice.waitFor();
      await names(page, 'run-21');
      await notice.getByRole('button', { name: 'Undo', exact: true }).click();
      await names(page, 'run-24');
    }

    await page.getByRole('button', { name: /Notes of run-24/ }).click();
    await page.getByRole('textbox', { name: 'Notes of run-24', exact: true }).fill('rate too high');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('again');
    await page.keyboard.press('Enter');
    await row(page, 'run-24').getByRole('button', { name: /rate too high|Notes of run-24/ }).waitFor();
    await reload(page);
    await row(page, 'run-24').getByText('rate too high').click();
    expect(await page.getByRole('textbox', { name: 'Notes of run-24', exact: true }).inputValue()).toBe('rate too high\nagain');
    await page.keyboard.press('Escape');
    expect(errors).toEqual([]);
  }, 60_000);

  inBrowser('what the table shows is written as CSV and as LaTeX', async () => {
    await using dashboard = await open('runs?cols=name,max:val/accuracy,c:freeze');
    const { page, errors } = dashboard;
    await names(page, 'run-24');
    const exported = (format: string) => saved(page, async () => {
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      await page.getByRole('radio', { name: new RegExp(`^${format}`) }).check();
      await page.getByRole('button', { name: 'Export 24 runs', exact: true }).click();
    });
    const [head, first, ...rest] = (await exported('CSV')).toString().trim().split('\r\n');
    expect(head).toBe('Name,val/accuracy (max),freeze');
    expect(first).toBe(`run-24,${Math.max(...runs[23]!.metrics[0]!.values)},full`);
    expect(rest.length).toBe(23);
    const latex = (await exported('LaTeX')).toString();
    expect(latex).toContain('\\toprule');
    expect(latex).toMatch(/run-24 & \\textbf\{0\.7\d*\} & full/);
    expect(latex.match(/\\textbf/g)!.length).toBe(1);
    expect(errors).toEqual([]);
  }, 60_000);

  inBrowser('curves are smoothed, trimmed, laid over another metric, zoomed by keys and saved; the address keeps it', async () => {
    await using dashboard = await open('compare?q=&first=24&metric=val/loss');
    const { page, errors } = dashboard;
    const chart = page.getByRole('img', { name: /val\/loss\. run-/ });
    await chart.waitFor();
    await page.getByRole('button', { name: /^How charts are drawn/ }).click();
    await page.getByLabel('Outliers').selectOption('tukey');
    await page.getByRole('button', { name: /^X axis/ }).or(page.getByRole('combobox', { name: /^X axis/ })).click();
    await page.keyboard.type('tokens');
    await page.getByRole('option', { name: 'tokens', exact: true }).click();
    await page.getByLabel(/^Smoothing/).first().fill('0.6');
    await page.keyboard.press('Escape');
    const notes = page.getByRole('list', { name: 'What val/loss does not show', exact: true });
    await notes.getByText(/outlying points are out of view/).waitFor();

    const keys = page.getByRole('group', { name: /^Chart: arrow keys point/ });
    await keys.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('+');
    await page.getByRole('button', { name: 'Show the whole axis', exact: true }).waitFor();
    const { searchParams } = new URL(page.url());
    expect(Object.fromEntries(['x', 'smooth', 'out'].map((name) => [name, searchParams.get(name)]))).toEqual({ x: 'tokens', smooth: '0.6', out: 'tukey' });
    await reload(page);
    await page.getByRole('button', { name: 'Show the whole axis', exact: true }).waitFor();
    await keys.focus();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Show the whole axis', exact: true }).waitFor({ state: 'hidden' });

    const file = (kind: string) => saved(page, () => menu(page, 'More for val/loss', `Save as ${kind}`));
    expect([...(await file('PNG')).subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
    expect((await file('SVG')).toString()).toMatch(/^<svg[^]*val\/loss[^]*<(path|polyline)/);
    const csv = (await file('CSV')).toString().trim().split('\r\n');
    expect(csv[0]).toBe('line,tokens,val/loss,smoothed');
    expect(csv.length).toBe(1 + runs.length * steps.length);
    expect(csv).toContainEqual(expect.stringMatching(/^run-1,15360,1000,\d/));
    expect(errors).toEqual([]);
  }, 60_000);
});

const row = (page: Page, name: string): Locator => page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) }).last();
const header = (page: Page, label: string): Locator => page.locator(`[role=columnheader][title="${label}"]`);
const headers = (page: Page): Promise<string[]> => page.locator('[role=columnheader][title]:visible').evaluateAll((all) => all.map((element) => element.getAttribute('title')!));

/** The first row is of that run; and so many runs match. A page that streams in holds what it shows twice for a moment, once hidden. */
async function names(page: Page, first: string, count?: number): Promise<void> {
  await until(`${first} at the top`, () => page.locator('a[data-row-link]:visible').first().innerText({ timeout: 20_000 }), (name) => name === first);
  if (count !== undefined) await page.getByText(`${count} runs`, { exact: true }).filter({ visible: true }).waitFor();
}

async function menu(page: Page, button: string, item: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

/** As a hand does it: a few pixels at a time. */
async function dragBy(page: Page, edge: Locator, distance: number): Promise<void> {
  const { x, y, width, height } = (await edge.boundingBox())!;
  const [from, across] = [x + width / 2, y + height / 2];
  await page.mouse.move(from, across);
  await page.mouse.down();
  for (let moved = 5; moved <= Math.abs(distance); moved += 5) await page.mouse.move(from + Math.sign(distance) * moved, across);
  await page.mouse.up();
}

/** The file that the browser saves when it does so. */
async function saved(page: Page, act: () => Promise<void>): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return readFile((await download.path())!);
}
