// Installed and built, then a program of the repository that is written in TypeScript.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './prepare.mjs';

/** file: from the repository's root. Its exit code becomes ours. */
export function runTypescript(file, args) {
  ensureInstalled();
  ensureBuilt();
  const { status, error } = spawnSync(
    process.execPath,
    [path.join(root, 'node_modules/tsx/dist/cli.mjs'), '--tsconfig', path.join(root, 'tsconfig.base.json'), path.join(root, file), ...args],
    { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  );
  if (error) console.error(`${file}: ${error.message}`);
  process.exitCode = status ?? 1;
}
