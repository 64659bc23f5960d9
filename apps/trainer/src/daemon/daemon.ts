import { setTimeout as sleep } from 'node:timers/promises';
import { createClient, describeUserErrors, RegisterTrainerDocument, RunQueuedDocument, StopTrainerDocument, TrainerCommandedDocument, type Client } from '@thaw/client';
import type { Logger } from 'pino';
import { trimBlobs } from '../data/blobs-in-use';
import type { Env } from '../env';
import { devices } from '../system/gpu/devices';
import { machineMemory } from '../system/machine';
import { claimRun } from './claim-run';
import type { Executors } from './executors';
import { HeldRun } from './held-run';
import { complaints, outageLog } from './outage-log';
import { hasRoom, spareMemory } from './spare-memory';
import { Wake } from './wake';

export interface DaemonOptions extends Pick<Env, 'url' | 'token' | 'slots' | 'labels' | 'cacheFolder' | 'blobCacheBytes'> {
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
  const { url, token, executors, log, shutdown, slots } = options;
  const client = createClient({ url, token, onRetry: outageLog(log) });
  const wake = new Wake();
  const held = new Map<string, HeldRun>();
  const stopListening = client.subscribe(RunQueuedDocument, {}, () => wake.up(), () => wake.up());
  let stopObeying = () => {};
  const shutDown = () => { for (const run of held.values()) run.shutdown(); };
  shutdown.addEventListener('abort', shutDown);
  const complain = complaints(log);
  let trainerId: string | null = null;

  /** Whether there was something to claim. */
  const claimOne = async (id: string): Promise<boolean> => {
    if (held.size >= slots) return false;
    const spareBytes = await spareMemory(held.values());
    if (!hasRoom(held.size, spareBytes)) return false;
    // Started first: a machine whose backend does not load any more is to take no runs.
    const executor = await executors.ready();
    const claimed = await claimRun(client, id, spareBytes);
    if (claimed === 'unknown trainer') trainerId = null;
    if (!claimed || claimed === 'unknown trainer') return false;
    executors.take(executor);
    const run = new HeldRun({ ...options, client, trainerId: id }, claimed.claim, claimed.leaseEnd, executor);
    held.set(claimed.claim.runId, run);
    void run.ended.then(async () => {
      held.delete(claimed.claim.runId);
      await executors.giveBack(executor);
      wake.up();
      await trimBlobs(options.cacheFolder, options.blobCacheBytes).catch((error: Error) => log.warn(`the cache of pictures cannot be trimmed: ${error.message}`));
    });
    return true;
  };

  try {
    while (!shutdown.aborted) {
      try {
        if (trainerId === null) {
          trainerId = await register(client, options);
          stopObeying();
          stopObeying = client.subscribe(TrainerCommandedDocument, { trainerId }, () => { for (const run of held.values()) run.beat(); });
        }
        const claimed = await claimOne(trainerId);
        complain(null);
        if (!claimed) await wake.wait(pollMs, shutdown);
      } catch (error) {
        if (shutdown.aborted) break;
        complain(error);
        await sleep(pollMs, undefined, { signal: shutdown }).catch(() => {});
      }
    }
    shutDown();
    await Promise.all([...held.values()].map(({ ended }) => ended));
    // Best effort: without it the trainer counts as lost after a while.
    if (trainerId) await client.request(StopTrainerDocument, { id: trainerId }, { idempotent: true, retryForMs: 1_000, silenceMs: 3_000 }).catch(() => {});
  } finally {
    shutdown.removeEventListener('abort', shutDown);
    stopListening();
    stopObeying();
    await client.close();
  }
}

async function register(client: Client, { trainerName, executors, labels, slots, log, shutdown }: DaemonOptions): Promise<string> {
  const { facts: { backend, environment } } = await executors.ready();
  const { totalBytes } = await machineMemory();
  const gpus = await devices();
  const input = {
    name: trainerName, backend, labels, slots, memoryBytes: totalBytes,
    devices: gpus.map(({ name, memoryBytes }) => ({ name, memoryBytes })),
    environment: { ...environment, ...(gpus.length > 0 ? { gpus: gpus.map(({ name, driver }) => `${name}, driver ${driver}`) } : {}) },
  };
  const { registerTrainer } = await client.request(RegisterTrainerDocument, { input }, { idempotent: true, retryForMs: Infinity, signal: shutdown });
  if (!registerTrainer.trainer) throw new Error(describeUserErrors(registerTrainer.userErrors));
  log.info({ trainer: trainerName, backend, ...(labels.length > 0 ? { labels } : {}), ...(slots > 1 ? { slots } : {}) }, 'registered; waiting for runs');
  return registerTrainer.trainer.id;
}
