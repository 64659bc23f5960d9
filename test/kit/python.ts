import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { root } from './shared-data';

const cache = path.join(process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'thaw');
const requirements = path.join(root, 'libs/python/tests/requirements.txt');
const lightning = path.join(root, 'libs/python/tests/requirements-lightning.txt');

/** Where Keras, TensorFlow and pytest are, and, if this machine has torch, PyTorch Lightning. */
export type PythonEnvironment = { python: string; lightning: boolean } | { missing: string };

interface Candidate {
  command: string;
  version: string;
  torch: boolean;
}

/** A virtual environment outside the checkout, made once (a minute) for each set of requirements. */
export function pythonEnvironment(): PythonEnvironment {
  const candidates = [process.env.PYTHON, 'python3', '/usr/bin/python3'].flatMap((command) => (command ? inspect(command) : []));
  const chosen = candidates.find(({ torch }) => torch) ?? candidates[0];
  if (!chosen) return { missing: 'Python 3.9 to 3.12 with venv (Debian: apt-get install python3-venv)' };
  const files = chosen.torch ? [requirements, lightning] : [requirements];
  const hash = createHash('sha256').update(JSON.stringify([chosen, files.map((file) => readFileSync(file, 'utf8'))])).digest('hex').slice(0, 16);
  const folder = path.join(cache, `python-${hash}`);
  if (!existsSync(folder)) {
    const problem = make(chosen, files, folder);
    if (problem) return { missing: problem };
  }
  return { python: path.join(folder, 'bin/python'), lightning: chosen.torch };
}

/** What the Python of that name can do; nothing when there is none. TensorFlow's wheel decides which versions will do. */
function inspect(command: string): Candidate[] {
  const program =
    'import ensurepip, importlib.util, json, sys, venv\n' +
    'print(json.dumps({"version": sys.version, "fits": (3, 9) <= sys.version_info < (3, 13), "torch": importlib.util.find_spec("torch") is not None}))';
  const { status, stdout } = spawnSync(command, ['-c', program], { encoding: 'utf8' });
  if (status !== 0) return [];
  const { version, fits, torch } = JSON.parse(stdout) as { version: string; fits: boolean; torch: boolean };
  return fits ? [{ command, version, torch }] : [];
}

/** Says what was in the way; null when the folder is there. It gets its name last, so that a half-made one is never used. */
function make({ command, torch }: Candidate, files: string[], folder: string): string | null {
  mkdirSync(path.join(cache, 'wheels'), { recursive: true });
  const unfinished = `${folder}-${process.pid}`;
  const run = (program: string, ...args: string[]) => spawnSync(program, args, { encoding: 'utf8', cwd: cache });
  const made = run(command, '-m', 'venv', ...(torch ? ['--system-site-packages'] : []), unfinished);
  const installed = made.status === 0
    ? run(
        path.join(unfinished, 'bin/python'), '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--only-binary=:all:', '--retries=1', '--timeout=15',
        // `npm run native` leaves TensorFlow's wheel there.
        `--find-links=${path.join(cache, 'wheels')}`, ...files.flatMap((file) => ['-r', file]),
      )
    : made;
  if (installed.status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    return `the packages of libs/python/tests/requirements.txt (${installed.stderr.trim().split('\n').at(-1)})`;
  }
  try {
    renameSync(unfinished, folder);
  } catch {
    // Another process was faster.
    rmSync(unfinished, { recursive: true, force: true });
  }
  return null;
}

/** Installs libs/python as a user would, but into `target`, so that the environment stays as it is. */
export function installThaw(python: string, source: string, target: string): void {
  const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--no-build-isolation', '--no-index', `--target=${target}`, source];
  const { status, stdout, stderr } = spawnSync(python, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`libs/python cannot be installed:\n${stdout}${stderr}`);
}
