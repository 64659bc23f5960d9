import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startStack, type Stack } from '@thaw/stack';
import type { Browser } from 'playwright-core';
import { chromiumPath, launchChromium } from '../kit/chromium';
import { Dashboard } from '../kit/dashboard';
import { nativeBackend } from '../kit/native-backend';
import { screenshot } from '../kit/screenshots';
import { flowers, mobilenet, sharedData, testWith } from '../kit/shared-data';
import { until } from '../kit/until';
import { zipFolder } from '../kit/zip-folder';

const needs = { Chromium: Boolean(chromiumPath), '../shared': sharedData, 'the native backend: npm run native': nativeBackend };
const inBrowser = testWith(needs);

/** A person with a zip of flowers, from the empty project to the better of two models. */
describe('flowers in the browser', () => {
  let home: string;
  let stack: Stack;
  let browser: Browser;
  let dashboard: Dashboard;
  let headRun: string;
  let tunedRun: string;

  beforeAll(async () => {
    if (Object.values(needs).includes(false)) return;
    home = await mkdtemp(path.join(tmpdir(), 'thaw-e2e-'));
    stack = await startStack({ home, port: 0 });
    browser = await launchChromium();
    dashboard = await Dashboard.open(browser, stack.url);
    await zipFolder(flowers, ['train', 'val'], path.join(home, 'flowers.zip'));
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
    if (home) await rm(home, { recursive: true, force: true });
  }, 60_000);

  inBrowser('imports the zip and shows classes, counts and thumbnails', async () => {
    const { page } = dashboard;
    await dashboard.visit('/p/demo/datasets');
    await dashboard.importDataset('flowers', path.join(home, 'flowers.zip'));
    await page.getByRole('link', { name: 'Open dataset' }).click();
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

  inBrowser('launches a head-only run, whose curves move while it trains, and reads its evaluation', async () => {
    const { page } = dashboard;
    await dashboard.visit('/p/demo/runs/new?dataset=flowers');
    await screenshot(page, 'launch');
    headRun = await dashboard.launch({ name: 'head-only', backbone: 'mobilenet', choices: { 'Freeze strategy': 'head' } });
    await until('the first epoch in the chart', () => dashboard.chartedEpoch('accuracy'), (epoch) => epoch >= 1, 180_000);
    await dashboard.finished(240_000);
    expect(await dashboard.figure('Accuracy')).toBeGreaterThanOrEqual(0.8);
    await page.getByText(/Misclassified pictures \(\d+\)/).waitFor();
    await screenshot(page, 'run');
  }, 480_000);

  inBrowser('clones it with another freeze strategy and gets a better model', async () => {
    const { page } = dashboard;
    await page.getByRole('link', { name: 'Clone' }).click();
    await page.getByRole('heading', { name: 'Clone head-only' }).waitFor();
    tunedRun = await dashboard.launch({ name: 'fine-tuned', choices: { 'Freeze strategy': 'fine_tune' } });
    await page.getByText('Cloned from').waitFor();
    const first = await until('the first epoch in the chart', () => dashboard.chartedEpoch('accuracy'), (epoch) => epoch >= 1, 240_000);
    await until('the curve to move on', () => dashboard.chartedEpoch('accuracy'), (epoch) => epoch > first, 120_000);
    await dashboard.finished(600_000);
    expect(await dashboard.figure('Accuracy')).toBeGreaterThanOrEqual(0.84);
  }, 900_000);

  inBrowser('selects both in the table and compares them', async () => {
    const { page } = dashboard;
    await dashboard.visit('/p/demo/runs');
    for (const name of ['head-only', 'fine-tuned']) await page.getByRole('row', { name: new RegExp(name) }).getByRole('checkbox').check();
    await screenshot(page, 'runs');
    await page.getByRole('link', { name: 'Compare 2 runs' }).click();
    await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor();
    await page.getByRole('img', { name: /Chart of val\/accuracy.*head-only.*fine-tuned|Chart of val\/accuracy.*fine-tuned.*head-only/ }).waitFor();
    await screenshot(page, 'compare');
    await page.getByRole('tab', { name: 'Results and configuration' }).click();
    const differences = page.getByRole('table', { name: 'Configuration', exact: true });
    await differences.getByRole('row', { name: /Freeze strategy.*head.*fine_tune|Freeze strategy.*fine_tune.*head/ }).waitFor();
    await page.getByRole('tab', { name: 'Pictures' }).click();
    await page.getByRole('radio', { name: 'Confusion' }).click();
    await page.getByRole('table', { name: 'Confusion matrix of head-only' }).waitFor();
    const dark = await Dashboard.open(browser, page.url(), 'dark');
    await dark.page.getByRole('table', { name: 'Confusion matrix of head-only' }).waitFor();
    await screenshot(dark.page, 'compare-dark');
    expect([headRun, tunedRun].every((id) => page.url().includes(id))).toBe(true);
  }, 120_000);

  inBrowser('no page threw an error', async () => {
    expect(dashboard.errors).toEqual([]);
  });
});
