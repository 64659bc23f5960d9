import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StopReason } from '../claim';
import { executorProgram } from '../executor-program';
import { endMark, type ExecutorFacts, type FromExecutor, type Order, type RunEnd, type ToExecutor } from '../messages';
import { eachLine } from './lines';

export type Stream = 'STDOUT' | 'STDERR';

/** The process ended under its run, and nobody here ended it. */
export interface Death {
  signal: NodeJS.Signals | null;
  exitCode: number | null;
  /** What it printed last on stderr. */
  lastLines: string[];
}

export type Execution = RunEnd | { kind: 'died'; death: Death } | { kind: 'killed' };

export interface RunListener {
  onMessage(message: FromExecutor): void;
  onLine(stream: Stream, text: string): void;
}

export interface ExecutorOptions {
  env: NodeJS.ProcessEnv;
  /** What it prints while it has no run. */
  onIdleLine(stream: Stream, text: string): void;
}

const keptLines = 20;
/** A process that grew by more than this is replaced: what wasm or a leak took is never given back. */
const growthBytes = 2 ** 30;
/** Life signs come every 5 seconds, unless a batch lasts; one this long is none. */
const stuckAfterMs = 20 * 60_000;
const outputPatienceMs = 2_000;

/** A child process with a loaded backend, which executes one run after the other. */
export class ExecutorProcess {
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;
  readonly #lastLines: string[] = [];
  #listener: RunListener | null = null;
  #outputEnds = new Set<string>();
  #onOutputEnd: (() => void) | null = null;
  #fit = true;
  #killed = false;
  facts!: ExecutorFacts;

  private constructor(readonly options: ExecutorOptions) {
    this.#child = fork(executorProgram, [], { env: options.env, serialization: 'advanced', stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    // 'close' comes after the last output; one that could not be started has none.
    this.#closed = new Promise((resolve) => this.#child.once('close', resolve).on('error', () => { if (!this.#child.pid) resolve(null); }));
    for (const [stream, name] of [[this.#child.stdout!, 'STDOUT'], [this.#child.stderr!, 'STDERR']] as const) eachLine(stream, (text) => this.#line(name, text));
  }

  /** Resolves when it can take a run; rejects with what keeps it from that. */
  static async start(options: ExecutorOptions): Promise<ExecutorProcess> {
    const executor = new ExecutorProcess(options);
    const answer = await Promise.race([
      once(executor.#child, 'message').then(([message]) => message as FromExecutor),
      executor.#closed.then(() => null),
    ]);
    if (answer?.type === 'ready') {
      executor.facts = answer.facts;
      return executor;
    }
    await executor.close();
    throw new Error(answer?.type === 'unusable' ? answer.message : `The executor did not start: ${executor.#lastLines.join('\n') || describeEnd(executor.#child)}`);
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** May take another run. */
  get fit(): boolean {
    return this.#fit && !this.#killed && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  async execute(order: Order, listener: RunListener): Promise<Execution> {
    this.#listener = listener;
    this.#lastLines.length = 0;
    this.#outputEnds = new Set();
    let heard = performance.now();
    const watch = setInterval(() => { if (performance.now() - heard > stuckAfterMs) this.#child.kill('SIGKILL'); }, 60_000);
    let onMessage: (message: FromExecutor) => void;
    const ended = new Promise<Extract<FromExecutor, { type: 'end' }>>((resolve) => {
      onMessage = (message) => {
        heard = performance.now();
        if (message.type === 'end') resolve(message);
        else listener.onMessage(message);
      };
      this.#child.on('message', onMessage);
    });
    try {
      this.tell({ type: 'run', order });
      const end = await Promise.race([ended, this.#closed.then(() => null)]);
      if (!end) {
        this.#fit = false;
        return this.#killed ? { kind: 'killed' } : { kind: 'died', death: { signal: this.#child.signalCode, exitCode: this.#child.exitCode, lastLines: [...this.#lastLines] } };
      }
      this.#fit = end.fit && end.residentBytes < this.facts.residentBytes + growthBytes;
      await this.#restOfOutput();
      return end.end;
    } finally {
      clearInterval(watch);
      this.#child.off('message', onMessage!);
      this.#listener = null;
    }
  }

  tell(message: ToExecutor): void {
    if (this.#child.connected) this.#child.send(message, () => {});
  }

  stop(reason: StopReason): void {
    this.tell({ type: 'stop', reason });
  }

  kill(): void {
    this.#killed = true;
    this.#child.kill('SIGKILL');
  }

  /** It leaves by itself; one that does not is ended. */
  async close(): Promise<void> {
    // Not disconnect(): after it, Node tells of no 'close'.
    this.tell({ type: 'leave' });
    const patience = new AbortController();
    await Promise.race([this.#closed, sleep(outputPatienceMs, undefined, { signal: patience.signal }).catch(() => {})]);
    patience.abort();
    this.#child.kill('SIGKILL');
    await this.#closed;
  }

  #line(stream: Stream, text: string): void {
    const mark = text.indexOf(endMark);
    const printed = mark < 0 ? text : text.slice(0, mark);
    if (mark < 0 || printed) {
      if (stream === 'STDERR') this.#lastLines.push(printed);
      if (this.#lastLines.length > keptLines) this.#lastLines.shift();
      if (this.#listener) this.#listener.onLine(stream, printed);
      else this.options.onIdleLine(stream, printed);
    }
    if (mark < 0) return;
    this.#outputEnds.add(stream);
    if (this.#outputEnds.size === 2) this.#onOutputEnd?.();
  }

  /** The message of the end may overtake what was printed before it. */
  async #restOfOutput(): Promise<void> {
    if (this.#outputEnds.size === 2) return;
    await new Promise<void>((resolve) => {
      const patience = setTimeout(resolve, outputPatienceMs);
      this.#onOutputEnd = () => {
        clearTimeout(patience);
        resolve();
      };
    });
    this.#onOutputEnd = null;
  }
}

const describeEnd = ({ signalCode, exitCode }: ChildProcess) => (signalCode ? `it was ended by ${signalCode}` : `it ended with exit code ${exitCode}`);

