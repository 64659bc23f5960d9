import { setTimeout as sleep } from 'node:timers/promises';
import { ClaimRunDocument, createClient, describeUserErrors, RegisterTrainerDocument, RunQueuedDocument, type Client } from '@thaw/client';
import type { Logger } from 'pino';
import { leaseEnd, now } from '../clocks';
import type { Env } from '../env';
import type { Executors } from './executors';
import { HeldRun } from './held-run';
import { complaints, outageLog } from './outage-log';
import { Wake } from './wake';

export interface DaemonOptions extends Pick<Env, 'url' | 'token' | 'slots'> {
  trainerName: string;
  scratchFolder: string;
  executors: Executors;
  log: Logger;
  /** Stop claiming, hand back what is under way, and return. */
  shutdown: AbortSignal;
}

/** milliseconds between two looks at the queue */
const pollMs = 2_000;

/** Claims while there is room, and holds what it claimed until it has ended, until `shutdown`. The API may be away at any moment, and for any time. */
export async function work(options: DaemonOptions): Promise<void> {
  const { url, token, log, shutdown, slots } = options;
  const client = createClient({ url, token, onRetry: outageLog(log) });
  const wake = new Wake();
  const held = new Map<string, HeldRun>();
  const stopListening = client.subscribe(RunQueuedDocument, {}, () => wake.up(), () => wake.up());
  const onShutdown = () => { for (const run of held.values()) run.stop('shutdown'); };
  shutdown.addEventListener('abort', onShutdown);
  const complain = complaints(log);
  try {
    let trainerId: string | null = null;
    while (!shutdown.aborted) {
      try {
        trainerId ??= await register(client, options);
        const claimed: HeldRun | 'unknown trainer' | null = held.size < slots ? await claim(client, trainerId, options) : null;
        complain(null);
        if (claimed === 'unknown trainer') trainerId = null;
        else if (claimed) {
          const { runId } = claimed.claim;
          held.set(runId, claimed);
          void claimed.ended.finally(async () => {
            await options.executors.giveBack(claimed.executor);
            held.delete(runId);
            wake.up();
          });
        } else await wake.wait(pollMs, shutdown);
      } catch (error) {
        if (shutdown.aborted) break;
        complain(error);
        await sleep(pollMs, undefined, { signal: shutdown }).catch(() => {});
      }
    }
    onShutdown();
    await Promise.all([...held.values()].map(({ ended }) => ended));
  } finally {
    shutdown.removeEventListener('abort', onShutdown);
    stopListening();
    await client.close();
  }
}

async function register(client: Client, { trainerName, executors, log, shutdown }: DaemonOptions): Promise<string> {
  const { facts: { backend, environment } } = await executors.ready();
  const { registerTrainer } = await client.request(RegisterTrainerDocument, { input: { name: trainerName, backend, environment } }, { idempotent: true, retryForMs: Infinity, signal: shutdown });
  if (!registerTrainer.trainer) throw new Error(describeUserErrors(registerTrainer.userErrors));
  log.info({ trainer: trainerName, backend }, 'registered; waiting for runs');
  return registerTrainer.trainer.id;
}

/** Not repeated when its answer is lost: the run it may have taken returns to the queue by itself. */
async function claim(client: Client, trainerId: string, options: DaemonOptions): Promise<HeldRun | 'unknown trainer' | null> {
  // First: a machine whose backend does not load any more is to take no runs.
  const executor = await options.executors.ready();
  const sent = now();
  const { claimRun } = await client.request(ClaimRunDocument, { input: { trainerId } }, { retryForMs: 0, silenceMs: 15_000 });
  if (claimRun.userErrors.length > 0) return 'unknown trainer';
  const { run, leaseToken, leaseSeconds } = claimRun;
  if (!run || !leaseToken) return null;
  options.executors.take(executor);
  return new HeldRun({ ...options, client, trainerId }, { runId: run.id, name: run.name, attempt: run.attempt, leaseToken }, leaseEnd(sent, leaseSeconds), leaseSeconds, executor);
}
