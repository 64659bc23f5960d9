import { createClient } from '@thaw/client';
import type { FeatureStore } from '@thaw/training';
import { Interruption } from '../claim';
import type { Decoder } from '../data/decode/decode-pool';
import type { Env } from '../env';
import { endMark, type FromExecutor, type Order, type Result, type RunEnd, type ToExecutor } from '../messages';
import { isOutOfMemory } from '../out-of-memory';
import { executeRun } from './execute-run';
import { openJournal } from './journal';
import { LeaseGate } from './lease-gate';
import { outOfMemoryMessage, type MemoryUse } from './memory-advice';
import { Report } from './report';

/** What this process has for every run. */
export interface Workplace {
  env: Env;
  environment: Record<string, unknown>;
  features: FeatureStore;
  decode: Decoder;
  tell(message: FromExecutor): void;
}

const lifeSignMs = 5_000;

/** One run in this process, from the daemon's order to its end. What it prints is the run's console log. */
export class OngoingRun {
  readonly ended: Promise<void>;
  readonly #training = new AbortController();
  readonly #finishing = new AbortController();
  readonly #gate: LeaseGate;
  #use: MemoryUse = { batchSize: 1, phase: 'loading' };
  #memoryRanOut = false;

  constructor(readonly workplace: Workplace, readonly order: Order) {
    this.#gate = new LeaseGate(order.leaseEnd, (waiting) => console.log(waiting ? 'waiting: the API has not confirmed that the run is still ours' : 'going on: the API has confirmed the run'));
    this.ended = this.#execute();
  }

  hear(message: ToExecutor): void {
    if (message.type === 'lease') this.#gate.confirm(message.leaseEnd);
    if (message.type === 'stop') this.stop(new Interruption(message.reason));
    if (message.type === 'finish early') this.#finishing.abort();
  }

  stop(why: Interruption): void {
    if (!this.#training.signal.aborted) console.log(`stopping: ${why.kind}`);
    this.#training.abort(why);
  }

  async #execute(): Promise<void> {
    const { workplace: { env, tell, ...workplace }, order: { claim, scratchFolder } } = this;
    const { signal } = this.#training;
    const lifeSigns = setInterval(() => tell({ type: 'alive' }), lifeSignMs);
    const client = createClient({ url: env.url, token: env.token, retryForMs: Infinity, signal });
    const report = new Report((columns) => tell({ type: 'metrics', columns }));
    console.log(`${claim.name}, attempt ${claim.attempt}, on ${describe(workplace.environment)}`);
    const note = openJournal(this.order);
    note('start');
    let end: RunEnd;
    try {
      const result = await executeRun({
        ...workplace, client, claim, scratchFolder, signal, report, tell,
        cacheFolder: env.cacheFolder,
        finishEarly: this.#finishing.signal,
        betweenBatches: async () => {
          await this.#gate.pass(signal);
          note('batch');
        },
        onPhase: (phase) => {
          this.#use.phase = phase;
          console.log(phase);
          tell({ type: 'phase', phase });
        },
        onConfig: ({ batchSize }) => { this.#use.batchSize = batchSize; },
        onMemoryRanOut: () => { this.#memoryRanOut = true; },
      });
      end = { kind: 'ended', result };
    } catch (error) {
      end = this.#broken(error, report.epochs);
    } finally {
      note('end');
      clearInterval(lifeSigns);
      await client.close();
    }
    for (const stream of [process.stdout, process.stderr]) stream.write(`${endMark}\n`);
    tell({ type: 'end', end, fit: !this.#memoryRanOut, residentBytes: process.memoryUsage.rss() });
  }

  /** What becomes of a run that did not come to its own end. */
  #broken(error: unknown, epochs: number): RunEnd {
    const { signal } = this.#training;
    if (signal.aborted) return { kind: 'interrupted', epochs };
    this.#memoryRanOut = isOutOfMemory(error);
    const failed: Result = this.#memoryRanOut
      ? { status: 'FAILED', endReason: 'OUT_OF_MEMORY', error: outOfMemoryMessage(error, this.#use), epochs }
      : { status: 'FAILED', endReason: 'ERROR', error: withStack(error), epochs };
    console.error(error instanceof Error ? error.stack : error);
    if (this.#memoryRanOut) console.error(failed.error);
    return { kind: 'ended', result: failed };
  }
}

/** The message, and below it where it was thrown. */
function withStack(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const message = error.message || error.name;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return frames.length > 0 ? `${message}\n\n${frames.join('\n')}` : message;
}

const describe = ({ host, backend, libtensorflow, tfjs, thaw, gitCommit, cpu, cores }: Record<string, unknown>) =>
  `${String(host)}: ${String(backend)}${libtensorflow ? ` (libtensorflow ${String(libtensorflow)})` : ''}, tfjs ${String(tfjs)}, Thaw ${String(thaw)}${gitCommit ? ` (${String(gitCommit).slice(0, 9)})` : ''}, ${String(cpu)}, ${String(cores)} cores`;
