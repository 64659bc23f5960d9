import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../kit/shared-data';

const supervisor = path.join(root, 'libs/stack/dist/main.js');

/** What `npm start` runs once everything is installed and built. */
export interface RunningStack {
  url: string;
  supervisor: ChildProcess;
  output(): string;
  /** Sends what Ctrl-C sends and returns the exit code. */
  interrupt(): Promise<number | null>;
}

export function makeHome(owner?: number): string {
  const home = mkdtempSync(path.join(tmpdir(), 'thaw-home-'));
  if (owner !== undefined) chownSync(home, owner, owner);
  return home;
}

interface LaunchOptions {
  user?: number;
  /** Below a shell that stays its parent, as npm's does. */
  belowShell?: boolean;
  env?: Record<string, string>;
}

export function launch(home: string, port: number, { user, belowShell = false, env }: LaunchOptions = {}) {
  if (!existsSync(supervisor)) throw new Error(`${supervisor} is missing: run "npm run build" first (npm test does).`);
  const [command, args] = belowShell ? ['sh', ['-c', '"$0" "$1"; true', process.execPath, supervisor]] : [process.execPath, [supervisor]];
  const child = spawn(command as string, args as string[], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: '', NODE_ENV: '', THAW_HOME: home, PORT: String(port), ...(user === undefined ? {} : { HOME: home }), npm_lifecycle_event: belowShell ? 'start' : '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(user === undefined ? {} : { uid: user, gid: user }),
  });
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  child.stderr.on('data', (chunk) => (text += chunk));
  return { child, output: () => text };
}

export async function start(home: string, port: number, options?: LaunchOptions): Promise<RunningStack> {
  const { child, output } = launch(home, port, options);
  const url = await until(() => {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`The stack ended instead of starting:\n${output()}`);
    return /Thaw is running at (\S+)/.exec(output())?.[1];
  }, 60_000, output);
  return {
    url, output, supervisor: child,
    async interrupt() {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const closed = once(child, 'close');
      child.kill('SIGINT');
      await closed;
      return child.exitCode;
    },
  };
}

/** Runs to its end, which is expected to be soon, and gives what it said. */
export async function startInVain(home: string, port: number): Promise<{ code: number | null; output: string }> {
  const { child, output } = launch(home, port);
  await once(child, 'close');
  return { code: child.exitCode, output: output() };
}

/** What the supervisor wrote down about its children, and Postgres about itself. */
export function pidsOf(home: string): Record<string, number> {
  const { children } = JSON.parse(readFileSync(path.join(home, 'stack.lock'), 'utf8')) as { children: Record<string, { pid: number }> };
  const postgres = Number(readFileSync(path.join(home, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
  return { ...Object.fromEntries(Object.entries(children).map(([name, { pid }]) => [name, pid])), postgres };
}

/** Every process that was given this home, whatever it is. */
export function processesOf(home: string): string[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      const alive = !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
      const belongs = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`THAW_HOME=${home}`);
      return alive && belongs ? [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')}`] : [];
    } catch {
      return [];
    }
  });
}

export async function isHealthy(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2000) }).catch(() => null);
  return answer?.status === 200;
}

/** Polls until there is an answer; fails with what `context` says. */
export async function until<T>(ask: () => T | Promise<T>, patienceMs: number, context: () => string = () => ''): Promise<NonNullable<T>> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${patienceMs / 1000} s in vain for ${ask}\n${context()}`);
    await wait(50);
  }
}

/** After a failed test nothing may stay behind either. */
export function sweep(home: string): void {
  for (const line of processesOf(home)) spawnSync('kill', ['-9', line.split(' ')[0]!]);
  rmSync(home, { recursive: true, force: true });
}
