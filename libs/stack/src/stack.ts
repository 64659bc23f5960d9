import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { findFreePort } from '@thaw/db/embedded';
import { startDatabase, type Database } from './database';
import { lockHome } from './home-lock';
import { apiPart, trainerPart, webPart, type Part } from './parts';
import { requireFreePort } from './port-check';
import { findRoot } from './root';
import { startService, type Service } from './service';

export interface StackOptions {
  /** Where everything is kept: database, blobs, logs. One stack at a time. */
  home: string;
  /** 0 takes any free port. */
  port: number;
  host?: string;
  /** Another Postgres instead of the embedded one. */
  databaseUrl?: string;
  /** How many trainers; 0 for none. */
  trainers?: number;
  /** Further variables for the children. */
  env?: Record<string, string>;
  /** Aborting it stops the stack, started or still starting. */
  signal?: AbortSignal;
  report?(line: string): void;
}

export interface Stack {
  url: string;
  /** The process of each part that runs at this moment. */
  pids(): Record<string, number | undefined>;
  stop(): Promise<void>;
  /** Settles when everything has stopped. */
  ended: Promise<void>;
}

/** Postgres, API, dashboard and trainers behind one port; each is started again when it dies. */
export async function startStack({ home, port: wanted, host = '127.0.0.1', databaseUrl, trainers = 1, env, signal, report = console.error }: StackOptions): Promise<Stack> {
  const root = findRoot();
  const port = wanted || (await findFreePort(null));
  const url = urlOf(host, port);
  mkdirSync(home, { recursive: true });
  const lock = await lockHome(home, url);

  const services: Record<string, Service> = {};
  let database: Promise<Database> | undefined;
  let running: Database | undefined;
  let settleEnded = () => {};
  const ended = new Promise<void>((resolve) => (settleEnded = resolve));

  // However this process ends, short of kill -9, nothing of it stays behind.
  const killAll = () => (Object.values(services).forEach((each) => each.kill()), running?.kill());
  process.once('exit', killAll);

  const stopAll = async () => {
    const { api, web, ...workers } = services;
    await Promise.all(Object.values(workers).map((each) => each.stop()));
    await web?.stop();
    await api?.stop();
    await (await database?.catch(() => undefined))?.stop();
    process.off('exit', killAll);
    lock.release();
    settleEnded();
  };
  let stopping: Promise<void> | undefined;
  const stop = () => (stopping ??= stopAll());

  const start = (part: Part) => {
    signal?.throwIfAborted();
    const logFile = path.join(home, 'logs', `${part.name}.log`);
    return (services[part.name] = startService({ ...part, cwd: root, logFile, onSpawn: (pid) => lock.note(part.name, pid), report }));
  };

  try {
    signal?.throwIfAborted();
    signal?.addEventListener('abort', () => void stop(), { once: true });
    await requireFreePort(host, port);
    const webPort = await findFreePort(null);
    const places = { root, env: { ...process.env, NODE_ENV: 'production', ...env, THAW_HOME: home, THAW_URL: url } };

    const web = start(webPart(places, webPort));
    if (!databaseUrl) running = await (database = startDatabase({ home, report, onMoved: () => services.api?.restart() }));
    const api = start(apiPart(places, { host, port, webPort, databaseUrl: () => databaseUrl ?? running!.url() }));
    await unlessAborted(Promise.all([api.ready, web.ready]), signal);
    for (let number = 1; number <= trainers; number++) start(trainerPart(places, number));

    const pids = () => ({ postgres: running?.pid(), ...Object.fromEntries(Object.values(services).map((each) => [each.name, each.pid()])) });
    return { url, pids, stop, ended };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Where this machine reaches what listens on `host`. */
function urlOf(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function unlessAborted<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    work.then(resolve, reject);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
