import { mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';

/** A temporary folder, removed at the end. */
export function makeScratch(name: string): { folder: string; [Symbol.dispose](): void } {
  const folder = mkdtempSync(path.join(tmpdir(), `thaw-bench-${name}-`));
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Where peers are installed once and found again; outside the checkout. */
export const peerFolder = (name: string): string => path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'thaw/bench', name);
