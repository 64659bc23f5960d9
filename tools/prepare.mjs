// What both `npm start` and `npm test` need before anything else: packages installed, projects built.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const lockFile = path.join(root, 'package-lock.json');
/** Names the lock file that node_modules was last found to match. */
const stamp = path.join(root, 'node_modules/.thaw-installed');

export function ensureInstalled() {
  const wanted = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  if (!isInstalled()) {
    console.error('Installing packages (a few minutes the first time) …');
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'Installing packages failed. Check that the npm registry can be reached, then try again.');
  }
  writeFileSync(stamp, wanted);
}

/** npm writes node_modules/.package-lock.json when an install is complete: it must hold every package of the lock file. */
function isInstalled() {
  const installedFile = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const { packages: wanted } = JSON.parse(readFileSync(lockFile, 'utf8'));
  const { packages: installed } = JSON.parse(readFileSync(installedFile, 'utf8'));
  return Object.entries(wanted).every(
    ([place, { version, optional, link }]) => !place.includes('node_modules/') || optional || link || installed[place]?.version === version,
  );
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
