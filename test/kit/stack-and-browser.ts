import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startStack, type Stack, type StackOptions } from '@thaw/stack';
import type { Browser } from 'playwright-core';
import { launchChromium } from './chromium';

export interface StackAndBrowser {
  home: string;
  stack: Stack;
  browser: Browser;
}

/**
 * What `npm start` starts, on an empty home, and a Chromium, for the tests of the describe block this is called in; filled
 * in before they and further hooks run, removed behind them. Nothing is started where the tests are skipped.
 */
export function stackAndBrowser(available: boolean, options: Omit<StackOptions, 'home' | 'port'> = {}): StackAndBrowser {
  const on = {} as StackAndBrowser;
  beforeAll(async () => {
    if (!available) return;
    on.home = await mkdtemp(path.join(tmpdir(), 'thaw-e2e-'));
    [on.stack, on.browser] = await Promise.all([startStack({ home: on.home, port: 0, ...options }), launchChromium()]);
  }, 120_000);
  afterAll(async () => {
    await on.browser?.close();
    await on.stack?.stop();
    if (on.home) await rm(on.home, { recursive: true, force: true });
  }, 60_000);
  return on;
}
