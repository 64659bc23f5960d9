import { existsSync } from 'node:fs';
import path from 'node:path';

/** The checkout this code runs in, bundled or not. */
export function findRoot(from = __dirname): string {
  if (existsSync(path.join(from, 'nx.json'))) return from;
  if (from === path.dirname(from)) throw new Error('No nx.json in any folder above: Thaw must run inside its checkout.');
  return findRoot(path.dirname(from));
}
