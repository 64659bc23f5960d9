import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { chapters } from '../kit/chapters';
import { chromiumPath } from '../kit/chromium';
import { Dashboard } from '../kit/dashboard';
import { nativeBackend } from '../kit/native-backend';
import { screenshot } from '../kit/screenshots';
import { flowers, mobilenet, sharedData, testWith } from '../kit/shared-data';
import { stackAndBrowser } from '../kit/stack-and-browser';
import { thawJson } from '../kit/thaw-cli';
import { TryPage } from '../kit/try-page';
import { until } from '../kit/until';
import { reload } from '../kit/visit';
import { zipFolder } from '../kit/zip-folder';

const needs = { Chromium: Boolean(chromiumPath), '../shared': sharedData, 'the native backend: npm run native': nativeBackend };
const strategies = ['head', 'last_blocks', 'fine_tune'] as const;
const launched = strategies.map((strategy) => `flowers freeze=${strategy}`);
const [headOnly, , fineTuned] = launched as [string, string, string];

interface Predictions {
  data: { runs: { nodes: { evaluation: { predictions: { nodes: { label: string; correct: boolean; confidence: number; picture: { path: string } }[] } } }[] } };
}

/** A person with a zip of flowers, from the empty project to a report that others read. */
describe('the story of a model for flowers', () => {
  const on = stackAndBrowser(!Object.values(needs).includes(false));
  let dashboard: Dashboard;
  let best: string;
  const inBrowser = chapters(testWith(needs), () => screenshot(dashboard.page, 'story-failed'));

  beforeAll(async () => {
    if (Object.values(needs).includes(false)) return;
    dashboard = await Dashboard.open(on.browser, on.stack.url);
    await zipFolder(flowers, ['train', 'val'], path.join(on.home, 'flowers.zip'));
  }, 120_000);

  inBrowser('imports the zip and shows classes, counts and thumbnails', async () => {
    const { page } = dashboard;
    await dashboard.visit('/p/demo/datasets');
    await dashboard.importDataset('flowers', path.join(on.home, 'flowers.zip'));
    await page.getByRole('link', { name: 'Open dataset', exact: true }).click();
    for (const name of ['daisy', 'dandelion', 'roses', 'sunflowers', 'tulips']) await page.getByText(name).first().waitFor();
    await page.getByText('100').first().waitFor();
    const thumbnail = page.locator('main img').first();
    await thumbnail.waitFor();
    await until('a decoded thumbnail', () => thumbnail.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth), (width) => width > 0);
    await screenshot(page, 'dataset');
  }, 180_000);

  inBrowser('imports a backbone from its folder', async () => {
    await dashboard.visit('/p/demo/backbones');
    await dashboard.importBackbone('mobilenet', mobilenet);
    await dashboard.page.getByText('mobilenet', { exact: true }).first().waitFor();
    await screenshot(dashboard.page, 'backbones');
  }, 120_000);

  inBrowser('fills one form for three strategies, loses nothing to a reload, and launches them', async () => {
    const { page } = dashboard;
    await dashboard.visit('/p/demo/runs/new?dataset=flowers');
    await dashboard.fillLaunchForm({ name: 'flowers', backbone: 'mobilenet', several: { 'Freeze strategy': strategies }, notes: 'Which strategy suits flowers?' });
    await reload(page);
    await page.getByText('Restored as you left it.').waitFor();
    expect(await page.getByLabel('Run name').inputValue()).toBe('flowers');
    expect(await page.getByRole('textbox', { name: 'Notes', exact: true }).inputValue()).toBe('Which strategy suits flowers?');
    expect(await page.getByRole('radio', { name: 'mobilenet', exact: true }).isChecked()).toBe(true);
    const made = await until('the runs to be made', () => page.getByRole('list', { name: 'Runs to be made', exact: true }).getByRole('listitem').allInnerTexts(), (all) => all.length === launched.length, 10_000);
    expect(made).toEqual(launched.map((name) => expect.stringContaining(name)));
    await screenshot(page, 'launch');
    await dashboard.launchSeveral(3);
    expect((await dashboard.rows()).map((row) => launched.find((name) => row.includes(name))).sort()).toEqual([...launched].sort());
  }, 120_000);

  inBrowser('watches them train to their end, without a reload', async () => {
    const { page } = dashboard;
    await page.evaluate('window.sameDocument = true');
    await until('a run to train', () => dashboard.rows(), (rows) => rows.some((row) => row.includes('Running')), 60_000);
    const first = await until('the first epoch in the chart', () => dashboard.chartedEpoch('val/accuracy'), (epoch) => epoch >= 1, 180_000);
    await until('the curve to move on', () => dashboard.chartedEpoch('val/accuracy'), (epoch) => epoch > first, 120_000);
    await until('three finished runs', () => dashboard.rows(), (rows) => rows.filter((row) => row.includes('Finished')).length === 3, 300_000);
    expect(await page.evaluate('window.sameDocument')).toBe(true);
    for (const name of launched) await page.getByRole('img', { name: new RegExp(`Chart of val/accuracy.*${name} 0\\.\\d+ at epoch`) }).waitFor();
  }, 480_000);

  inBrowser('reads what the head and the fine-tuned network learned', async () => {
    const { page } = dashboard;
    for (const [name, floor] of [[headOnly, 0.8], [fineTuned, 0.84]] as const) {
      await page.getByRole('link', { name, exact: true }).click();
      await dashboard.finished(60_000);
      expect(await dashboard.figure('Accuracy')).toBeGreaterThanOrEqual(floor);
      await page.getByText(/Misclassified pictures \(\d+\)/).waitFor();
      await screenshot(page, 'run');
      await page.goBack();
      // What the table said when it was left is old by now.
      await until('the table as the runs are', () => dashboard.rows(), (rows) => rows.length === 3 && rows.every((row) => row.includes('Finished')), 10_000);
    }
  }, 120_000);

  inBrowser('compares the three: curves, configuration, pictures', async () => {
    const { page } = dashboard;
    for (const name of launched) await dashboard.tick(name);
    for (const name of launched) await page.getByRole('img', { name: new RegExp(`Chart of val/accuracy.*${name} 0\\.\\d+ at epoch`) }).waitFor();
    await screenshot(page, 'runs');
    await page.getByRole('link', { name: 'Compare 3 runs', exact: true }).click();
    await page.getByRole('heading', { name: 'Compare 3 runs', exact: true }).waitFor();
    for (const name of launched) await page.getByRole('img', { name: new RegExp(`Chart of val/accuracy.*${name}`) }).waitFor();
    await screenshot(page, 'compare');
    await page.getByRole('tab', { name: 'Results and configuration', exact: true }).click();
    await page.getByRole('table', { name: 'Configuration', exact: true }).getByRole('row', { name: /Freeze strategy/ }).filter({ hasText: 'head' }).filter({ hasText: 'last_blocks' }).filter({ hasText: 'fine_tune' }).waitFor();
    await page.getByRole('tab', { name: 'Pictures', exact: true }).click();
    await page.getByRole('list', { name: 'Pictures', exact: true }).getByRole('listitem').first().waitFor();
    await screenshot(page, 'compare-pictures');
    await page.getByRole('radio', { name: 'Confusion', exact: true }).click();
    for (const name of launched) await page.getByRole('table', { name: `Confusion matrix of ${name}`, exact: true }).waitFor();
    const dark = await Dashboard.open(on.browser, page.url(), 'dark');
    await dark.page.getByRole('table', { name: `Confusion matrix of ${headOnly}`, exact: true }).waitFor();
    await screenshot(dark.page, 'compare-dark');
    expect(dark.errors).toEqual([]);
    await dark.page.context().close();
  }, 120_000);

  inBrowser('clones the best with two changes, which are listed before it is launched', async () => {
    const { page } = dashboard;
    await dashboard.visit('/p/demo/runs?sort=max:val/accuracy');
    const [top] = await until('the best on top', () => dashboard.rows(), (rows) => rows.length === 3);
    best = launched.find((name) => top!.includes(name))!;
    await page.getByRole('link', { name: best, exact: true }).click();
    await page.getByRole('link', { name: 'Clone', exact: true }).click();
    await page.getByRole('heading', { name: `Clone ${best}`, exact: true }).waitFor();
    await dashboard.fillLaunchForm({ name: 'refined', values: { Epochs: '8', 'Batch size': '16' } });
    const changes = page.getByRole('region', { name: 'Changes from the parent', exact: true }).getByRole('listitem');
    const listed = await until('the two changes', async () => (await changes.allInnerTexts()).sort(), (all) => all.length === 2, 10_000);
    expect(listed).toEqual([expect.stringMatching(/^Batch size.*16$/s), expect.stringMatching(/^Epochs.*8$/s)]);
    await screenshot(page, 'clone');
    await dashboard.launch({});
    await page.getByText('Cloned from').first().waitFor();
    await dashboard.finished(240_000);
    expect(await dashboard.figure('Accuracy')).toBeGreaterThanOrEqual(0.8);
  }, 360_000);

  inBrowser('drops a picture on it and is told the right class', async () => {
    const { page } = dashboard;
    const { data: { runs } } = await thawJson<Predictions>(on.stack.url, 'query', `{ runs(project: "demo", filter: { name: { eq: "refined" } }) { nodes {
      evaluation { predictions(first: 100) { nodes { label correct confidence picture { path } } } } } } }`);
    const { label, picture } = runs.nodes[0]!.evaluation.predictions.nodes.filter(({ correct }) => correct).sort((a, b) => b.confidence - a.confidence)[0]!;
    await page.getByRole('link', { name: 'Try the model', exact: true }).click();
    const tried = new TryPage(page);
    await tried.loaded();
    await tried.drop([{ name: 'from-the-garden.jpg', type: 'image/jpeg', bytes: await readFile(path.join(flowers, picture.path)) }]);
    const [told] = await tried.scores('from-the-garden.jpg');
    expect(told![0]).toBe(label);
    await screenshot(page, 'try-flowers');
  }, 120_000);

  inBrowser('writes a report about the four, with a chart, which others read by its link', async () => {
    const { page } = dashboard;
    const all = [...launched, 'refined'];
    await dashboard.visit('/p/demo/runs');
    for (const name of all) await dashboard.tick(name);
    await page.getByRole('link', { name: 'Compare 4 runs', exact: true }).click();
    await page.getByRole('button', { name: 'Add to report', exact: true }).click();
    await page.getByRole('menuitem', { name: 'New report', exact: true }).click();
    const link = await dashboard.writeReport('Flowers', '# What we found\n\nThe whole network, **slowly**, is best.\n\n');
    await screenshot(page, 'report');

    const reader = await Dashboard.open(on.browser, link);
    await reader.page.getByRole('heading', { name: 'Flowers', exact: true }).waitFor();
    await reader.page.getByRole('heading', { name: 'What we found', exact: true }).waitFor();
    expect(await reader.page.getByText('The whole network').innerText()).toBe('The whole network, slowly, is best.');
    for (const name of all) await reader.page.getByRole('img', { name: new RegExp(`Chart of val/accuracy.*${name} 0\\.\\d+ at epoch`) }).waitFor();
    await screenshot(reader.page, 'shared-report');
    expect(reader.errors).toEqual([]);
    await reader.page.context().close();
  }, 120_000);

  inBrowser('no page threw an error', async () => {
    expect(dashboard.errors).toEqual([]);
  });
});
