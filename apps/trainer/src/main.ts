import { rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pino, type Logger } from 'pino';
import { doctor } from './backend/doctor';
import { work } from './daemon/daemon';
import { Executors } from './daemon/executors';
import { takeName } from './daemon/trainer-name';
import { readEnv, type Env } from './env';

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
    default:
      throw new Error(`There is no command ${command}. Without one the trainer starts; "doctor" says which backends load.`);
  }
}

async function daemon(env: Env): Promise<void> {
  const log = pino({ base: undefined, level: env.logLevel });
  using taken = await takeName(env.home, env.trainerName);
  const scratchFolder = path.join(env.home, 'trainers', encodeURIComponent(taken.name));
  // What a trainer of this name left behind when it was killed.
  rmSync(scratchFolder, { recursive: true, force: true });
  const executors = new Executors({
    env: executorEnv(process.env),
    onIdleLine: (stream, text) => (stream === 'STDERR' ? log.warn(text) : log.info(text)),
  });
  await executors.ready();
  const shutdown = stopWhenAsked(log, executors);
  process.send?.({ type: 'ready' });
  await work({ ...env, trainerName: taken.name, scratchFolder, executors, log, shutdown });
  await executors.close();
  if (process.connected) process.disconnect();
}

/** Ends at the first signal, or with the supervisor, in order; at the second signal at once. */
function stopWhenAsked(log: Logger, executors: Executors): AbortSignal {
  const shutdown = new AbortController();
  let askedAt = 0;
  const stop = (reason: string) => {
    log.info(`${reason}: stopping`);
    askedAt = performance.now();
    shutdown.abort();
    // The IPC channel and a socket that hangs must not keep the process.
    if (process.connected) process.disconnect();
    setTimeout(() => end(1), 28_000).unref();
  };
  const end = (code: number): never => {
    executors.kill();
    process.exit(code);
  };
  const onSignal = (signal: 'SIGTERM' | 'SIGINT') => {
    if (!shutdown.signal.aborted) return stop(signal);
    // npm passes on the signal that the terminal has sent us already; that is not a second one.
    if (performance.now() - askedAt < 500) return;
    log.warn(`${signal} again: ending at once`);
    end(128 + os.constants.signals[signal]);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  if (process.connected) process.on('disconnect', () => shutdown.signal.aborted || stop('the supervisor is gone'));
  return shutdown.signal;
}

/** libuv has four threads for files and decoding unless told otherwise; TensorFlow takes all of a GPU's memory. */
const executorEnv = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  UV_THREADPOOL_SIZE: String(Math.max(4, os.availableParallelism())),
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  ...env,
});
