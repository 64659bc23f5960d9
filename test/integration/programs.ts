import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@thaw/db/testing';
import { findFreePort } from '@thaw/db/embedded';
import { root } from '../kit/shared-data';

/** One of the built programs as `npm start` runs it, with its output kept for the message of a failing test. */
export class Program implements AsyncDisposable {
  readonly #exited: Promise<unknown>;
  output = '';

  constructor(readonly child: ChildProcess) {
    this.#exited = once(child, 'exit');
    for (const stream of [child.stdout!, child.stderr!]) stream.setEncoding('utf8').on('data', (text: string) => { this.output += text; });
  }

  /** Resolves with the exit code; null when a signal ended it. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    await this.#exited;
    return this.child.exitCode;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) await this.end('SIGTERM');
  }
}

export async function startApi(options: { port: number; databaseUrl: string; home: string }): Promise<Program> {
  const program = start('apps/api/dist/main.js', { PORT: String(options.port), DATABASE_URL: options.databaseUrl, THAW_HOME: options.home });
  const ready = once(program.child, 'message');
  await Promise.race([ready, once(program.child, 'exit').then(() => { throw new Error(`The API did not start:\n${program.output}`); })]);
  return program;
}

/** An API with a database and a folder of its own, its home in it; all of it goes with it. */
export interface Installation extends AsyncDisposable {
  url: string;
  folder: string;
  database: TestDatabase;
}

export async function install(name: string): Promise<Installation> {
  const folder = await mkdtemp(path.join(tmpdir(), `thaw-${name}-`));
  let database: TestDatabase | undefined;
  let api: Program | undefined;
  const dispose = async () => {
    await api?.[Symbol.asyncDispose]();
    await database?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    database = await createTestDatabase();
    const port = await findFreePort(null);
    api = await startApi({ port, databaseUrl: database.url, home: path.join(folder, 'home') });
    return { url: `http://127.0.0.1:${port}`, folder, database, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** The trainer is ready when it says so; it needs no API for that. */
export function startTrainer(options: { url: string; home: string; name?: string; backend?: string; slots?: number }): Program {
  return start('apps/trainer/dist/main.js', { THAW_URL: options.url, THAW_HOME: options.home, THAW_TRAINER_NAME: options.name ?? 'trainer', THAW_BACKEND: options.backend ?? 'wasm', THAW_TRAINER_RUNS: String(options.slots ?? 1) });
}

function start(script: string, env: Record<string, string>): Program {
  return new Program(spawn(process.execPath, [path.join(root, script)], { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] }));
}

/** Looks until `look` gives something, for `seconds`. */
export async function eventually<T>(what: string, look: () => Promise<T | null | undefined | false>, seconds = 90): Promise<T> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`Not within ${seconds} s: ${what}`);
}
