import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { chooseBackend } from './backend/choose-backend';
import { DecodePool } from './data/decode/decode-pool';
import { diskFeatureStore } from './data/features/disk-feature-store';
import { readEnv, type Env } from './env';
import { environmentFacts } from './environment';
import { doctor, probe } from './backend/doctor';
import { outOfMemoryExitCode } from './out-of-memory';
import { work } from './worker';

// libuv has four threads for files and decoding unless told otherwise, before it starts them.
process.env.UV_THREADPOOL_SIZE ??= String(Math.max(4, os.availableParallelism()));

const [command, ...rest] = process.argv.slice(2);
void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const read = readEnv(process.env);
  if (!read.ok) throw new Error(read.problems.join('\n'));
  switch (command) {
    case undefined:
      return daemon(read.env);
    case 'doctor':
      return doctor(read.env, { json: rest.includes('--json') });
    case 'probe':
      return probe(rest[0]);
    default:
      throw new Error(`There is no command ${command}. Without one the trainer starts; "doctor" says which backends load.`);
  }
}

async function daemon(env: Env): Promise<void> {
  const log = pino({ base: undefined, level: env.logLevel });
  const backend = await chooseBackend(env.backend);
  for (const { name, reason } of backend.passedOver) log.debug(`${name} does not load: ${reason}`);
  const shutdown = new AbortController();
  const stop = (reason: string) => {
    if (shutdown.signal.aborted) return;
    log.info(`${reason}: stopping`);
    shutdown.abort();
    // The IPC channel and a socket that hangs must not keep the process.
    if (process.connected) process.disconnect();
    setTimeout(() => process.exit(1), 15_000).unref();
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  if (process.connected) process.on('disconnect', () => shutdown.signal.aborted || stop('the supervisor is gone'));
  process.send?.({ type: 'ready' });
  const environment = environmentFacts(backend);
  const { name: backendName, library } = backend;
  const features = diskFeatureStore({
    folder: path.join(env.cacheFolder, 'features'), limitBytes: env.featureCacheBytes,
    computedOn: { backend: backendName, library, tfjs: environment.tfjs, cpu: environment.cpu },
    onTrouble: (error) => log.warn(`frozen features are not kept: ${error.message}`),
  });
  using pool = new DecodePool();
  const ended = await work({ ...env, backend: backendName, environment, features, decode: pool.decode, log, shutdown: shutdown.signal });
  if (ended === 'out of memory') {
    log.warn(`memory ran out; ending with exit code ${outOfMemoryExitCode}, so that the next run gets a process of its own`);
    process.exitCode = outOfMemoryExitCode;
  }
  if (process.connected) process.disconnect();
}
