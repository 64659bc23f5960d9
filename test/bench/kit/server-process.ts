import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '@thaw/db/embedded';

export interface ServerProcess {
  url: string;
  pid: number;
  /** Asks it to end, and waits until it and what it started have ended. */
  [Symbol.asyncDispose](): Promise<void>;
}

interface Launch {
  command: string;
  args(port: number): string[];
  env?: Record<string, string>;
  /** Answers 200 once the server is up. */
  healthPath: string;
  logFile: string;
}

/** A server on a free loopback port, in a process group of its own, up when this returns. */
export async function startServerProcess({ command, args, env, healthPath, logFile }: Launch): Promise<ServerProcess> {
  const port = await findFreePort(null);
  const url = `http://127.0.0.1:${port}`;
  const log = openSync(logFile, 'a');
  const child = spawn(command, args(port), { env: { ...process.env, ...env, PORT: String(port) }, stdio: ['ignore', log, log], detached: true });
  const stop = () => end(child);
  try {
    await answers(`${url}${healthPath}`, child, logFile);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, pid: child.pid!, [Symbol.asyncDispose]: stop };
}

async function answers(url: string, child: ChildProcess, logFile: string): Promise<void> {
  for (const deadline = Date.now() + 120_000; Date.now() < deadline; await sleep(100)) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    if (await fetch(url).then(({ ok }) => ok, () => false)) return;
  }
  throw new Error(`${child.spawnfile} does not answer at ${url}. Its log ends with:\n${readFileSync(logFile, 'utf8').slice(-2000)}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    // The whole group: a server may have workers.
    process.kill(-child.pid!, 'SIGTERM');
    await Promise.race([ended, sleep(15_000)]);
  }
  try {
    process.kill(-child.pid!, 'SIGKILL');
  } catch {
    // the group is empty already
  }
}
