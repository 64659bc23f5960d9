// `npm run bench:NAME -- …`: installed and built, then the benchmark's own program, in TypeScript.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensureBuilt, ensureInstalled, root } from './prepare.mjs';

const [name, ...args] = process.argv.slice(2);
ensureInstalled();
ensureBuilt();
const { status, error } = spawnSync(
  process.execPath,
  [path.join(root, 'node_modules/tsx/dist/cli.mjs'), '--tsconfig', path.join(root, 'tsconfig.base.json'), path.join(root, 'test/bench', name, 'main.ts'), ...args],
  { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
);
if (error) console.error(`bench: ${error.message}`);
process.exitCode = status ?? 1;
