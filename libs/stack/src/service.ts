import { spawn, type ChildProcess } from 'node:child_process';
import { createBackoff } from './backoff';
import { errorLines } from './error-lines';
import { StackFailure } from './failure';
import { openLog } from './log-file';

export interface ServiceOptions {
  name: string;
  /** Arguments of Node: the script and its own. */
  args: readonly string[];
  cwd: string;
  /** Read at every start, so that a restart sees an address that has changed. */
  env(): NodeJS.ProcessEnv;
  logFile: string;
  /** Settles when the process answers; `ended` aborts when it is gone. */
  untilReady(child: ChildProcess, ended: AbortSignal): Promise<void>;
  /** Without it the stack is of no use: one that ends before it was ever ready is not tried again. */
  required: boolean;
  stopWithinMs: number;
  onSpawn(pid: number): void;
  report(line: string): void;
}

/** A process that is started again whenever it dies, until it is stopped. */
export interface Service {
  name: string;
  pid(): number | undefined;
  /** Rejects when the process ends before it was ever ready. */
  ready: Promise<void>;
  /** Ends the process; supervision brings it back with a fresh environment. */
  restart(): void;
  stop(): Promise<void>;
  /** At once, without a chance to tidy up. */
  kill(): void;
}

export function startService(options: ServiceOptions): Service {
  const { name, report } = options;
  const log = openLog(options.logFile);
  const backoff = createBackoff();
  let child: ChildProcess | undefined;
  let exited: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let wasReady = false;
  let deaths = 0;
  let stopping = false;
  let settleReady: { resolve(): void; reject(error: Error): void };
  const ready = new Promise<void>((resolve, reject) => (settleReady = { resolve, reject }));
  // Whoever stops a stack that is still starting is not interested in it.
  ready.catch(() => {});

  function launch(): void {
    const ended = new AbortController();
    // A process group of its own: Ctrl-C in the terminal reaches the supervisor only, which stops things in order.
    const started = spawn(process.execPath, [...options.args], { cwd: options.cwd, env: options.env(), detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    child = started;
    backoff.started();
    log.write(`--- ${name} started ${new Date().toISOString()}, process ${started.pid}\n`);
    if (started.pid) options.onSpawn(started.pid);
    for (const stream of [started.stdout!, started.stderr!]) {
      stream.on('data', (chunk: Buffer) => {
        log.write(chunk);
        if ((wasReady || !options.required) && !stopping) for (const line of errorLines(chunk.toString())) report(`[${name}] ${line}`);
      });
    }
    // A process it started may outlive it and hold its output open: 'close' would wait for that one.
    started.once('exit', () => signalGroup(started, 'SIGKILL'));
    exited = new Promise<string>((resolve) => {
      // What could not be started may have both.
      started.once('error', (error) => resolve(error.message));
      // 'close' comes after the last output was read.
      started.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
    }).then((why) => {
      ended.abort();
      child = undefined;
      if (!stopping) afterDeath(why);
    });
    options.untilReady(started, ended.signal).then(
      () => {
        if (ended.signal.aborted) return;
        if (deaths > 0) report(`${name} is running again.`);
        wasReady = true;
        settleReady.resolve();
      },
      (error: unknown) => !ended.signal.aborted && report(`${name} does not answer: ${error instanceof Error ? error.message : String(error)}`),
    );
  }

  function afterDeath(why: string): void {
    if (!wasReady && options.required) {
      settleReady.reject(new StackFailure(`${name} did not start (${why}). The end of its log, ${options.logFile}:\n${log.tail()}`));
      return;
    }
    deaths++;
    const delayMs = backoff.nextMs();
    report(`${name} ended (${why}); starting it again in ${delayMs / 1000} s. Its log: ${options.logFile}`);
    timer = setTimeout(launch, delayMs);
  }

  launch();
  return {
    name,
    ready,
    pid: () => child?.pid,
    restart: () => child?.kill('SIGTERM'),
    kill: () => child && signalGroup(child, 'SIGKILL'),
    async stop() {
      stopping = true;
      clearTimeout(timer);
      if (!child) return exited;
      const stubborn = child;
      const force = setTimeout(() => {
        report(`${name} did not stop within ${options.stopWithinMs / 1000} s and was ended.`);
        signalGroup(stubborn, 'SIGKILL');
      }, options.stopWithinMs);
      child.kill('SIGTERM');
      await exited;
      clearTimeout(force);
    },
  };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid) process.kill(-child.pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}
