/// <reference lib="dom" />
import type { Browser, Page } from 'playwright-core';

/** Nothing on these pages takes longer, or it is given up. */
export const patienceMs = 60_000;

/** A page that still asks for things then asks for ever, as one that polls does. */
export const quietMs = 4000;

/** A browser that has never been there: an empty cache, no storage. */
export async function openFresh(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  // esbuild, which runs this program, marks functions with a helper that pages do not know.
  await page.addInitScript('globalThis.__name = (marked) => marked');
  return page;
}

/** Milliseconds from navigation until what `selector` finds has been painted. */
export async function paintedAfterOpening(page: Page, url: string, selector: string): Promise<number> {
  await page.addInitScript((wanted) => {
    const look = () => {
      if (!document.querySelector(wanted)) return void requestAnimationFrame(look);
      // The next frame begins once this one is painted.
      requestAnimationFrame(() => Object.assign(window, { paintedAt: performance.now() }));
    };
    requestAnimationFrame(look);
  }, selector);
  await page.goto(url, { waitUntil: 'commit' });
  const painted = await page.waitForFunction(() => (window as { paintedAt?: number }).paintedAt);
  return (await painted.jsonValue())!;
}

/**
 * Milliseconds from the first event of `type` that `act` causes until the text or label of the first element that
 * `selector` finds is another one than before (or, with `includes`, holds that), and is painted.
 */
export async function paintedAfter(page: Page, { type, selector, includes }: { type: 'click' | 'input' | 'keydown' | 'mousedown'; selector: string; includes?: string }, act: () => Promise<void>): Promise<number> {
  await page.evaluate(([event, wanted, part]) => {
    const said = () => {
      const element = document.querySelector(wanted!);
      return element && `${element.getAttribute('aria-label') ?? ''} ${element.textContent}`;
    };
    const before = said();
    let start: number | undefined;
    addEventListener(event!, ({ timeStamp }) => (start ??= timeStamp), { capture: true });
    Object.assign(window, { changedAfter: undefined });
    const look = () => {
      const now = said();
      if (start === undefined || now === null || now === before || (part && !now.includes(part))) return void requestAnimationFrame(look);
      requestAnimationFrame(() => Object.assign(window, { changedAfter: performance.now() - start! }));
    };
    requestAnimationFrame(look);
  }, [type, selector, includes]);
  await act();
  const changed = await page.waitForFunction(() => (window as { changedAfter?: number }).changedAfter);
  return (await changed.jsonValue())!;
}
