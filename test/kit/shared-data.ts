import { existsSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(__dirname, '../..');

/** Real weights and pictures live beside the checkout, never in it. */
const shared = path.resolve(root, '../shared');

export const flowers = path.join(shared, 'datasets/flowers_ccby_227');
export const mobilenet = path.join(shared, 'models/mobilenet_v1_0.25_224_layers');

/** `test` when everything named is there, else a skipped test whose name says what was missing. */
export function testWith(needs: Record<string, boolean>): (name: string, body: () => Promise<void>, timeout?: number) => void {
  const missing = Object.entries(needs).filter(([, there]) => !there).map(([need]) => need);
  if (missing.length === 0) return test;
  return (name) => test.skip(`${name} (skipped: needs ${missing.join(', ')})`, () => {});
}

export const sharedData = existsSync(flowers) && existsSync(mobilenet);
