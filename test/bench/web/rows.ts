import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Browser, Page, Response } from 'playwright-core';
import { quantile } from '../kit/figures';
import { framesDuring, scroll } from './frames';
import { openFresh, paintedAfter, paintedAfterOpening, quietMs } from './painted';
import type { Site } from './site';

const rounds = 5;
const scrolls = 3;

/** The figures of one row, by the names of figures.ts. */
export type Measured = Record<string, number>;

/** What both sites are asked, in the order it is measured. */
export const sharedRows: Record<string, (browser: Browser, site: Site) => Promise<Measured>> = {
  'first-paint': async (browser, { table }) => {
    const times: number[] = [];
    let bytes = 0;
    for (let round = 0; round < rounds; round++) {
      const page = await openFresh(browser);
      const scripts = collectScripts(page);
      times.push(await paintedAfterOpening(page, table.url, table.firstName));
      await page.waitForLoadState('networkidle', { timeout: quietMs }).catch(() => {});
      bytes = (await scripts()).reduce((sum, script) => sum + gzipSync(script).length, 0);
      await page.context().close();
    }
    return { firstPaint: quantile(times, 0.5), javascript: bytes / 1000 };
  },

  /** Rows that were not seen before: each round has a browser of its own. */
  async scroll(browser, { table }) {
    const rates: number[] = [];
    for (let round = 0; round < scrolls; round++) {
      rates.push(await onTable(browser, table, async (page) => {
        const at = await page.locator(table.firstName).first().evaluate((element) => {
          const { x, y } = element.getBoundingClientRect();
          return { x: x + 40, y: y + 100 };
        });
        return (await framesDuring(page, () => scroll(page, at, 12_000, 4000))).perSecond;
      }));
    }
    return { scroll: quantile(rates, 0.5) };
  },

  async sort(browser, { table }) {
    return await onTable(browser, table, async (page) => {
      const times: number[] = [];
      for (let round = 0; round < rounds; round++) {
        times.push(await paintedAfter(page, { type: 'click', selector: table.firstName }, () => table.sort(page)));
        await sleep(500);
      }
      return { sort: quantile(times, 0.5) };
    });
  },

  async filter(browser, { table }) {
    return await onTable(browser, table, async (page) => {
      const times: number[] = [];
      for (let round = 0; round < rounds; round++) {
        times.push(await paintedAfter(page, { type: table.filter.event, selector: table.filter.count }, () => table.filter.type(page)));
        await sleep(500);
      }
      return { filter: quantile(times, 0.5) };
    });
  },

  'few-curves': async (browser, site) => ({ fewCurves: await openOverlay(browser, site, 10) }),
  'many-curves': async (browser, site) => ({ manyCurves: await openOverlay(browser, site, 500) }),
};

async function onTable<Answer>(browser: Browser, table: Site['table'], measure: (page: Page) => Promise<Answer>): Promise<Answer> {
  const page = await openFresh(browser);
  try {
    await page.goto(table.url);
    await page.locator(table.firstName).first().waitFor();
    await page.waitForLoadState('networkidle', { timeout: quietMs }).catch(() => {});
    return await measure(page);
  } finally {
    await page.context().close();
  }
}

/** Milliseconds from opening the page to painted curves; infinite when patience ran out. */
async function openOverlay(browser: Browser, site: Site, runs: number): Promise<number> {
  const page = await openFresh(browser);
  const { url, drawn } = site.overlay(runs);
  try {
    return await paintedAfterOpening(page, url, drawn);
  } catch (error) {
    if ((error as Error).name !== 'TimeoutError') throw error;
    return Number.POSITIVE_INFINITY;
  } finally {
    await page.context().close();
  }
}

/** Every script the page asks for, those it fetches ahead for other pages included. */
function collectScripts(page: Page): () => Promise<Buffer[]> {
  const bodies: Promise<Buffer>[] = [];
  const collect = (response: Response) => {
    if (response.request().resourceType() === 'script' && response.ok()) bodies.push(response.body());
  };
  page.on('response', collect);
  return () => {
    page.off('response', collect);
    return Promise.all(bodies);
  };
}
