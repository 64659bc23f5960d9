import { setTimeout as sleep } from 'node:timers/promises';
import { ClaimRunDocument, createClient, describeUserErrors, RegisterTrainerDocument, RunQueuedDocument, type Client } from '@thaw/client';
import type { FeatureStore } from '@thaw/training';
import type { Logger } from 'pino';
import type { Claim } from './claim';
import type { Decoder } from './data/decode/decode-pool';
import { holdRun, outageLog } from './hold-run';

export interface WorkerOptions {
  url: string;
  token?: string;
  trainerName: string;
  cacheFolder: string;
  features: FeatureStore;
  decode: Decoder;
  backend: string;
  environment: Record<string, unknown>;
  log: Logger;
  /** Stop claiming, hand back what is under way, and return. */
  shutdown: AbortSignal;
  /** milliseconds between two looks at the queue */
  pollMs?: number;
  heartbeatMs?: number;
}

/** Claim → execute → settle → wait, until `shutdown` or until memory ran out. The API may be away at any moment, and for any time. */
export async function work(options: WorkerOptions): Promise<'shutdown' | 'out of memory'> {
  const { url, token, log, shutdown, pollMs = 2_000 } = options;
  const client = createClient({ url, token, onRetry: outageLog(log) });
  const wake = new Wake();
  const stopListening = client.subscribe(RunQueuedDocument, {}, () => wake.up(), () => wake.up());
  const complain = complaints(log);
  try {
    let trainerId: string | null = null;
    while (!shutdown.aborted) {
      try {
        trainerId ??= await register(client, options);
        const next = await claim(client, trainerId);
        complain(null);
        if (next === 'unknown trainer') trainerId = null;
        else if (next) {
          if ((await holdRun({ ...options, client, trainerId }, next, shutdown)) === 'out of memory') return 'out of memory';
        } else await wake.wait(pollMs, shutdown);
      } catch (error) {
        if (shutdown.aborted) break;
        complain(error);
        await sleep(pollMs, undefined, { signal: shutdown }).catch(() => {});
      }
    }
    return 'shutdown';
  } finally {
    stopListening();
    await client.close();
  }
}

async function register(client: Client, { trainerName, backend, environment, log, shutdown }: WorkerOptions): Promise<string> {
  const input = { name: trainerName, backend, environment };
  const { registerTrainer } = await client.request(RegisterTrainerDocument, { input }, { idempotent: true, retryForMs: Infinity, signal: shutdown });
  if (!registerTrainer.trainer) throw new Error(describeUserErrors(registerTrainer.userErrors));
  log.info({ trainer: trainerName, backend }, 'registered; waiting for runs');
  return registerTrainer.trainer.id;
}

/** Not repeated when its answer is lost: the run it may have taken returns to the queue by itself. */
async function claim(client: Client, trainerId: string): Promise<Claim | 'unknown trainer' | null> {
  const { claimRun } = await client.request(ClaimRunDocument, { input: { trainerId } }, { retryForMs: 0, silenceMs: 15_000 });
  if (claimRun.userErrors.length > 0) return 'unknown trainer';
  const { run, leaseToken } = claimRun;
  return run && leaseToken ? { runId: run.id, name: run.name, attempt: run.attempt, leaseToken } : null;
}

/** A notice that comes while nobody waits still ends the next wait at once. */
class Wake {
  #pending = new AbortController();

  up(): void {
    this.#pending.abort();
  }

  async wait(ms: number, shutdown: AbortSignal): Promise<void> {
    await sleep(ms, undefined, { signal: AbortSignal.any([this.#pending.signal, shutdown]) }).catch(() => {});
    this.#pending = new AbortController();
  }
}

/** Says a new trouble once, and that it is over. */
function complaints(log: Logger): (error: unknown) => void {
  let last: string | null = null;
  return (error) => {
    const message = error === null ? null : ((error as Error).message ?? String(error));
    if (message !== last) {
      if (message === null) log.info('the API answers again');
      else log.warn(`${message} Trying again every few seconds.`);
    }
    last = message;
  };
}
