import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { root } from './shared-data';

/** THAW_UPDATE_SCREENSHOTS=1 writes the pictures the README shows; otherwise they stay out of git. */
const folder = path.join(root, process.env.THAW_UPDATE_SCREENSHOTS ? 'docs/screenshots' : 'test-results/screenshots');

export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
