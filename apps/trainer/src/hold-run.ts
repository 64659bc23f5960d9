import { createClient, describeUserErrors, ReleaseRunDocument, SettleRunDocument, type Client, type SettleRunInput, type UserError } from '@thaw/client';
import type { Hyperparameters } from '@thaw/config';
import type { FeatureStore } from '@thaw/training';
import type { Logger } from 'pino';
import { Interruption, type Claim } from './claim';
import type { Decoder } from './data/decode/decode-pool';
import { executeRun, type Result } from './execute-run';
import { Heartbeat } from './heartbeat';
import { isOutOfMemory, outOfMemoryMessage, type MemoryUse } from './out-of-memory';
import { Report } from './report';

export interface Post {
  client: Client;
  url: string;
  token?: string;
  trainerId: string;
  cacheFolder: string;
  features: FeatureStore;
  decode: Decoder;
  backend: string;
  environment: Record<string, unknown>;
  log: Logger;
  /** milliseconds */
  heartbeatMs?: number;
}

/**
 * From the claim to the last write: settled, handed back, or left alone because the lease is another's. After
 * 'out of memory' this process is not fit for another run.
 */
export async function holdRun(post: Post, claim: Claim, shutdown: AbortSignal): Promise<'ready' | 'out of memory'> {
  const log = post.log.child({ run: claim.name, id: claim.runId, attempt: claim.attempt });
  // `holding` ends when nothing may be written any more, `training` also when the run is cancelled.
  const holding = new AbortController();
  const training = new AbortController();
  const stop = (kind: Interruption['kind']) => {
    if (!training.signal.aborted) log.info(`stopping: ${kind}`);
    if (kind !== 'cancelled') holding.abort(new Interruption(kind));
    training.abort(new Interruption(kind));
  };
  const onShutdown = () => stop('shutdown');
  shutdown.addEventListener('abort', onShutdown);
  if (shutdown.aborted) onShutdown();

  const onRefused = (errors: readonly UserError[]) => {
    if (!errors.some(({ code }) => code === 'LEASE_LOST')) throw new Error(`The API refused what the run reported: ${describeUserErrors(errors)}`);
    stop('lease lost');
    holding.signal.throwIfAborted();
  };
  const outage = outageLog(log);
  const client = createClient({ url: post.url, token: post.token, retryForMs: Infinity, signal: holding.signal, onRetry: outage });
  const report = new Report(client, claim, onRefused);
  const heartbeat = new Heartbeat({ url: post.url, token: post.token, trainerId: post.trainerId, claim, everyMs: post.heartbeatMs, onCancel: () => stop('cancelled'), onLeaseLost: () => stop('lease lost') });
  const use: MemoryUse = { batchSize: 1, phase: 'loading' };
  let memoryRanOut = false;
  try {
    log.info('run claimed');
    const onPhase = (phase: string) => {
      log.info(phase);
      use.phase = phase;
      heartbeat.phase(phase);
    };
    const onConfig = ({ batchSize }: Hyperparameters) => { use.batchSize = batchSize; };
    const onError = (error: unknown) => {
      memoryRanOut = isOutOfMemory(error);
      return { ...failure(error, training.signal, use, log), epochs: report.epochs };
    };
    const onMemoryRanOut = () => { memoryRanOut = true; };
    const result = await executeRun({ ...post, client, claim, signal: training.signal, report, onPhase, onConfig, onMemoryRanOut, onRefused }).catch(onError);
    await report.flush().catch(() => {});
    holding.signal.throwIfAborted();
    await settle(client, { ...result, runId: claim.runId, leaseToken: claim.leaseToken, backend: post.backend, environment: post.environment }, log);
  } catch (error) {
    if (!holding.signal.aborted) log.error(error, 'the run could not be settled; its lease will expire');
    else if (shutdown.aborted) await handBack(post, claim, log);
  } finally {
    heartbeat[Symbol.dispose]();
    shutdown.removeEventListener('abort', onShutdown);
    await client.close();
  }
  return memoryRanOut ? 'out of memory' : 'ready';
}

/** What the run is settled with when it did not come to its own end. */
function failure(error: unknown, training: AbortSignal, use: MemoryUse, log: Logger): Result {
  if (training.aborted) return { status: 'CANCELLED', endReason: 'CANCELLED' };
  log.error(error, 'run failed');
  const message = (error as Error)?.message || String(error);
  if (!isOutOfMemory(error)) return { status: 'FAILED', endReason: 'ERROR', error: message };
  return { status: 'FAILED', endReason: 'OUT_OF_MEMORY', error: outOfMemoryMessage(error, use) };
}

async function settle(client: Client, input: SettleRunInput, log: Logger): Promise<void> {
  const { settleRun } = await client.request(SettleRunDocument, { input }, { idempotent: true });
  // After an answer that was lost, the repeated call finds the lease given up: the run is settled all the same.
  if (settleRun.userErrors.length > 0) log.warn(`not settled: ${describeUserErrors(settleRun.userErrors)}`);
  else log.info({ status: input.status, endReason: input.endReason }, 'run settled');
}

/** Best effort: without it the lease expires, and the run waits half a minute longer. */
async function handBack({ client }: Post, { runId, leaseToken }: Claim, log: Logger): Promise<void> {
  try {
    const { releaseRun } = await client.request(ReleaseRunDocument, { input: { runId, leaseToken } }, { idempotent: true, retryForMs: 2_000, silenceMs: 5_000 });
    log.info(releaseRun.userErrors.length > 0 ? describeUserErrors(releaseRun.userErrors) : 'run handed back');
  } catch (error) {
    log.warn(`the run could not be handed back; its lease will expire: ${(error as Error).message}`);
  }
}

/** One line per outage, not one per attempt. */
export function outageLog(log: Logger): (error: unknown) => void {
  let last = -Infinity;
  return (error) => {
    if (performance.now() - last > 30_000) log.warn(`${(error as Error).message} Trying again until it answers.`);
    last = performance.now();
  };
}
