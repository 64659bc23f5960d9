// What both `npm start` and `npm test` need before anything else: packages installed, projects built.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
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

/** What a part consists of: the folders whose sources it is built from, and the projects that are built. */
const parts = {
  all: { folders: ['apps', 'libs'], projects: [] },
  client: { folders: ['libs/client', 'libs/config', 'libs/model-export', 'libs/model-zoo', 'libs/series'], projects: ['@thaw/client'] },
  trainer: { folders: ['apps/trainer', 'libs/client', 'libs/config', 'libs/model-export', 'libs/model-zoo', 'libs/series', 'libs/training'], projects: ['@thaw/trainer'] },
};
const builtBy = ['package-lock.json', 'tsconfig.base.json', 'schema.graphql', 'nx.json', 'tools/bundle.mjs'];

/**
 * Nx rebuilds only what changed and restores a half-done build from its cache, but takes seconds to find out that
 * nothing did. A stamp of names, sizes and times of all sources and outputs tells that in a fraction of one.
 */
export function ensureBuilt(part = 'all') {
  // Set by whoever has built and runs what was built, as `npm test` does.
  if (process.env.THAW_BUILT) return;
  const { folders, projects } = parts[part];
  const builtStamp = path.join(root, `node_modules/.thaw-built-${part}`);
  const before = list(folders);
  if (existsSync(builtStamp) && readFileSync(builtStamp, 'utf8') === digest(before.sources, before.outputs)) return;

  if (part === 'all') console.error('Building what has changed …');
  const nx = path.join(root, 'node_modules/nx/dist/bin/nx.js');
  run(
    process.execPath,
    [nx, 'run-many', '-t', 'build', '--outputStyle=static', ...(projects.length > 0 ? ['-p', projects.join(',')] : [])],
    'The build failed; the messages above say where.',
    part === 'all' ? 'shown' : 'shown on failure',
  );
  // Sources as they were before the build: one that was saved meanwhile is built next time.
  writeFileSync(builtStamp, digest(before.sources, list(folders).outputs));
}

const digest = (...lists) => createHash('sha256').update(JSON.stringify(lists)).digest('hex');

function list(folders) {
  const found = { sources: builtBy.map(describe), outputs: [] };
  for (const folder of folders) walk(folder, found.sources, found.outputs);
  return found;
}

function walk(folder, sink, outputs) {
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const each = path.join(folder, entry.name);
    if (entry.isFile() && entry.name !== 'next-env.d.ts') sink.push(describe(each));
    else if (!entry.isDirectory() || ['node_modules', 'cache', 'test-results'].includes(entry.name)) continue;
    else if (entry.name === 'dist' || entry.name === '.next') walk(each, outputs, outputs);
    else walk(each, sink, outputs);
  }
}

function describe(file) {
  const { size, mtimeMs } = statSync(path.join(root, file));
  return [file, size, mtimeMs];
}

function run(command, args, onFailure, output = 'shown') {
  // Progress goes to stderr: stdout belongs to the command's own answer.
  const { status, error, stdout, stderr } = spawnSync(command, args, {
    cwd: root,
    stdio: output === 'shown' ? ['ignore', 2, 2] : ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' },
  });
  if (status === 0) return;
  if (stdout || stderr) console.error(`${stdout ?? ''}${stderr ?? ''}`);
  console.error(error ? `${command}: ${error.message}` : '', `\n${onFailure}`);
  process.exit(1);
}
