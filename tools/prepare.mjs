// What both `npm start` and `npm test` need before anything else: packages installed, projects built.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Written last, so an install that was cut off is done again. */
const stamp = path.join(root, 'node_modules/.thaw-installed');

export function ensureInstalled() {
  const wanted = createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('Installing packages (a few minutes the first time) …');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'Installing packages failed. Check that the npm registry can be reached, then try again.');
  writeFileSync(stamp, wanted);
}

/** Nx rebuilds only what changed and restores a half-done build from its cache. */
export function ensureBuilt() {
  run(process.execPath, [path.join(root, 'node_modules/.bin/nx'), 'run-many', '-t', 'build', '--outputStyle=static', '--quiet'], 'The build failed; the messages above say where.');
}

function run(command, args, onFailure) {
  // Progress goes to stderr: stdout belongs to the command's own answer.
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' } });
  if (status === 0) return;
  console.error(error ? `${command}: ${error.message}` : '', `\n${onFailure}`);
  process.exit(1);
}
