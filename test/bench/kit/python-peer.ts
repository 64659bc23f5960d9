import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { peerFolder } from './scratch';

/** A peer written in Python, in a virtual environment of its own. */
export interface PythonPeer {
  /** Path of one of its programs. */
  bin(name: string): string;
  /** Runs a script; its last line of output is its answer, as JSON. */
  run<Answer>(script: string, args: readonly string[], env?: Record<string, string>): Promise<Answer>;
}

/** From PyPI, once; later runs find it again. */
export function installPythonPeer(requirements: readonly string[]): PythonPeer {
  const folder = peerFolder(requirements.join('-').replaceAll('==', '-'));
  const bin = (name: string) => path.join(folder, 'bin', name);
  const complete = path.join(folder, 'complete');
  if (!existsSync(complete)) {
    mkdirSync(path.dirname(folder), { recursive: true });
    console.error(`Installing ${requirements.join(' and ')} into ${folder} …`);
    execFileSync('python3', ['-m', 'venv', '--clear', folder], { stdio: ['ignore', 2, 2] });
    execFileSync(bin('pip'), ['install', '--quiet', '--disable-pip-version-check', ...requirements], { stdio: ['ignore', 2, 2] });
    writeFileSync(complete, '');
  }
  return {
    bin,
    async run<Answer>(script: string, args: readonly string[], env: Record<string, string> = {}) {
      const { stdout } = await promisify(execFile)(bin('python'), [script, ...args], { env: { ...process.env, ...env }, maxBuffer: 1e8 });
      return JSON.parse(stdout.trim().split('\n').at(-1)!) as Answer;
    },
  };
}
