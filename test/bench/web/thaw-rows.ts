import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { quantile } from '../kit/figures';
import type { Thaw } from '../kit/thaw';
import { Curve } from '../tracking/curves';
import { logBatch } from '../tracking/log-run';
import { framesDuring, workPerMove } from './frames';
import { openFresh, paintedAfter, quietMs } from './painted';
import type { Measured } from './rows';
import { curveKey, curvesProject, tableProject, type Sizes } from './seed-dashboard';
import { compareUrl } from './thaw-site';

const rounds = 5;
const liveProject = 'live';

/** What only Thaw is asked. */
export const thawRows: Record<string, (browser: Browser, thaw: Thaw, sizes: Sizes) => Promise<Measured>> = {
  /** The page is open with a metric nobody logged; then the long one is chosen. */
  async overlay(browser, { url }, { curves }) {
    const times: number[] = [];
    const page = await openFresh(browser);
    for (let round = 0; round < rounds; round++) {
      await page.goto(compareUrl(url, curvesProject, curves, 'val/accuracy'));
      await page.getByText(/None of these runs logged/).first().waitFor();
      const option = await findMetric(page, curveKey);
      times.push(await paintedAfter(page, { type: 'click', selector: drawnCurves }, () => option.click()));
    }
    await page.context().close();
    return { overlay: quantile(times, 0.5) };
  },

  async hover(browser, { url }, { curves }) {
    const page = await openFresh(browser);
    await page.goto(compareUrl(url, curvesProject, curves, curveKey));
    const box = await chartBox(page);
    await page.mouse.move(box.x + 10, box.y + box.height / 2);
    await sleep(1000);
    const work = await workPerMove(page, async () => {
      for (let move = 1; move <= 120; move++) await page.mouse.move(box.x + 80 + ((box.width - 100) * move) / 120, box.y + box.height * (0.5 + 0.3 * Math.sin(move / 8)));
    });
    await page.context().close();
    return { hover: quantile(work, 0.95) };
  },

  async live(browser, thaw, { curves }) {
    const ids = await startRuns(thaw, Math.min(50, curves));
    const page = await openFresh(browser);
    await page.goto(compareUrl(thaw.url, liveProject, ids.length, curveKey));
    await chartBox(page);
    await sleep(1000);
    const logging = new AbortController();
    const logged = keepLogging(thaw, ids, logging.signal);
    const frames = await framesDuring(page, () => sleep(6000));
    logging.abort();
    const batches = await logged;
    await page.context().close();
    return { liveFrames: frames.perSecond, liveBatches: batches / 6 };
  },

  async keys(browser, { url }) {
    const page = await openFresh(browser);
    await page.goto(`${url}/p/${tableProject}/runs`);
    await page.locator('[data-row-link]').first().waitFor();
    await page.waitForLoadState('networkidle', { timeout: quietMs }).catch(() => {});
    await page.getByRole('button', { name: /^Metric: / }).click();
    const search = page.getByPlaceholder(searchField);
    await search.waitFor();
    const times: number[] = [];
    for (const part of ['layer_0011', 'layer_0019', 'layer_0003', 'layer_0024', 'layer_0007']) {
      times.push(await paintedAfter(page, { type: 'input', selector: '[role=listbox] [role=option]', includes: part }, () => search.fill(part)));
    }
    await page.context().close();
    return { keys: quantile(times, 0.5) };
  },
};

const searchField = 'Part of a key, such as loss';
const drawnCurves = `main [role=img][aria-label*="${curveKey}. curve-"]`;

/** In the open list of charts; nothing is chosen yet. */
async function findMetric(page: Page, key: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Charts', exact: true }).click();
  await page.getByPlaceholder(searchField).fill(key);
  const option = page.getByRole('option', { name: key, exact: true });
  await option.waitFor();
  return option;
}

async function chartBox(page: Page) {
  const chart = page.locator(drawnCurves).first();
  await chart.waitFor();
  return (await chart.boundingBox())!;
}

/** External runs that go on, with a first hundred points each. */
async function startRuns(thaw: Thaw, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index++) {
    const { createRun } = await thaw.ask<{ createRun: { run: { id: string } } }>('mutation ($input: CreateRunInput!) { createRun(input: $input) { run { id } userErrors { message } } }', { input: { project: liveProject, name: `curve-${index + 1}` } });
    ids.push(createRun.run.id);
  }
  await logAll(thaw, ids, curvesOf(ids), 0, 100);
  return ids;
}

const held = new Map<string, Curve>();
const curvesOf = (ids: readonly string[]) => ids.map((id) => held.get(id) ?? held.set(id, new Curve(curveKey)).get(id)!);

async function logAll(thaw: Thaw, ids: readonly string[], curves: readonly Curve[], batch: number, points: number): Promise<void> {
  await Promise.all(ids.map((id, index) => logBatch(thaw, id, batch, [curves[index]!], points)));
}

/** Each run logs once a second, as a training script does; how many batches were sent. */
async function keepLogging(thaw: Thaw, ids: readonly string[], signal: AbortSignal): Promise<number> {
  let batches = 0;
  for (let batch = 1; !signal.aborted; batch++) {
    const next = Date.now() + 1000;
    // Spread over the second, as runs that know nothing of each other are.
    for (const id of ids) {
      if (signal.aborted) break;
      await logBatch(thaw, id, batch, curvesOf([id]), 10);
      batches++;
      await sleep(Math.max(0, 1000 / ids.length - 5));
    }
    await sleep(Math.max(0, next - Date.now()));
  }
  return batches;
}
