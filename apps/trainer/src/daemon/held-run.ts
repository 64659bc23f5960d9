import { rm } from 'node:fs/promises';
import path from 'node:path';
import { createClient, describeUserErrors, ReleaseRunDocument, SettleRunDocument, type Client, type UserError } from '@thaw/client';
import type { Logger } from 'pino';
import { Interruption, type Claim, type StopReason } from '../claim';
import type { FromExecutor, LeaseEnd, Result } from '../messages';
import { startSampler } from '../system/sampler';
import { ConsoleLog } from './console-log';
import { crashOf, describeCrash, oomKills, type Crash } from './crash';
import type { Execution, ExecutorProcess } from './executor-process';
import { Lease, type Command } from './lease';
import { Outbox } from './outbox';
import { outageLog } from './outage-log';

export interface Post {
  /** Of the daemon; a run has one of its own for what ends with it. */
  client: Client;
  url: string;
  token?: string;
  trainerId: string;
  /** Files of runs on their way to the API. */
  scratchFolder: string;
  log: Logger;
}

/** A batch that lasts longer is not waited for when nobody wants what comes of it. */
const unwantedMs = 1_500;
/** What the API has not taken by then after a shutdown is computed again by the next trainer. */
const shutdownMs = 20_000;

/** From the claim to the last write: settled, handed back, or left alone because the lease is another's. */
export class HeldRun {
  readonly ended: Promise<void>;
  /** Ends when nothing may be written any more. */
  readonly #holding = new AbortController();
  /** Ends when nobody will go on from a checkpoint any more. */
  readonly #checkpointing = new AbortController();
  readonly #log: Logger;
  readonly #client: Client;
  readonly #checkpoints: Client;
  readonly #outbox: Outbox;
  readonly #console: ConsoleLog;
  readonly #lease: Lease;
  readonly #oomKills = oomKills();
  #stopping: StopReason | null = null;
  #finishing = false;
  #problem: string | null = null;
  #shutDown = false;
  #settling = false;
  #killTimer: NodeJS.Timeout | undefined;
  #soFar: Result = { status: 'CANCELLED', endReason: 'CANCELLED' };

  constructor(readonly post: Post, readonly claim: Claim, leaseEnd: LeaseEnd, readonly executor: ExecutorProcess) {
    const { url, token, log, client, trainerId } = post;
    this.#log = log.child({ run: claim.name, id: claim.runId, attempt: claim.attempt });
    const patient = (signal: AbortSignal) => createClient({ url, token, retryForMs: Infinity, signal, onRetry: outageLog(this.#log) });
    this.#client = patient(this.#holding.signal);
    this.#checkpoints = patient(AbortSignal.any([this.#holding.signal, this.#checkpointing.signal]));
    this.#outbox = new Outbox(this.#client, this.#checkpoints, claim, {
      onRefused: (errors) => this.#refused(errors),
      onFailure: (error) => this.#fail(error),
      onCheckpointLost: (error) => { if (!this.#holding.signal.aborted && !this.#checkpointing.signal.aborted) this.#warn(`A checkpoint could not be kept: ${(error as Error).message}`); },
    });
    this.#console = new ConsoleLog(this.#client, claim, (errors) => this.#refused(errors));
    this.#lease = new Lease({
      client, trainerId, claim,
      onConfirmed: (end) => executor.tell({ type: 'lease', leaseEnd: end }),
      onCommand: (command) => this.#obey(command),
      onLost: () => { if (!this.#settling) this.#stop('lease lost'); },
    });
    this.ended = this.#hold(leaseEnd);
  }

  /** Something is wanted of the run. */
  beat(): void {
    this.#lease.beat();
  }

  /** The daemon ends. */
  shutdown(): void {
    if (this.#shutDown) return;
    this.#shutDown = true;
    setTimeout(() => this.#holding.abort(new Interruption('shutdown')), shutdownMs).unref();
    this.#stop('shutdown');
  }

  #stop(reason: StopReason): void {
    if (reason === 'lease lost') this.#holding.abort(new Interruption(reason));
    if (this.#stopping === reason || this.#stopping === 'lease lost') return;
    this.#log.info(`stopping: ${reason}`);
    this.#stopping = reason;
    this.executor.tell({ type: 'stop', reason });
    if (reason === 'cancelled' || reason === 'lease lost') this.#killIn(unwantedMs);
  }

  async #hold(leaseEnd: LeaseEnd): Promise<void> {
    const { claim: { runId, name, attempt, leaseToken }, post, executor } = this;
    const scratchFolder = path.join(post.scratchFolder, runId);
    const sampler = startSampler({
      pid: executor.pid,
      onSample: (metrics, seconds) => this.#outbox.metrics(columnsOf(metrics, this.claim.secondsBefore + seconds)),
    });
    try {
      this.#log.info({ executor: executor.pid }, 'run claimed');
      const end = await executor.execute({ claim: { runId, name, attempt }, scratchFolder, leaseEnd, token: leaseToken }, {
        onMessage: (message) => this.#hear(message),
        onLine: (stream, text) => this.#console.print(stream, text),
      });
      sampler[Symbol.dispose]();
      clearTimeout(this.#killTimer);
      await this.#conclude(end);
    } catch (error) {
      if (!this.#holding.signal.aborted) this.#log.error(error, 'the run could not be settled; its lease will expire');
      else if (this.#shutDown) await this.#release(null);
    } finally {
      sampler[Symbol.dispose]();
      this.#lease[Symbol.dispose]();
      await Promise.all([this.#client.close(), this.#checkpoints.close()]);
      await rm(scratchFolder, { recursive: true, force: true }).catch((error: Error) => this.#log.warn(error.message));
    }
  }

  #hear(message: FromExecutor): void {
    if (message.type === 'metrics') this.#outbox.metrics(message.columns);
    if (message.type === 'artifact') this.#outbox.artifact(message.name, message.kind, message.files);
    if (message.type === 'checkpoint') {
      const { type: _, ...checkpoint } = message;
      this.#outbox.checkpoint(checkpoint);
    }
    if (message.type === 'so far') this.#soFar = message.result;
    if (message.type === 'phase') {
      this.#log.info(message.phase);
      this.#lease.phase(message.phase);
    }
  }

  #obey(command: Command): void {
    if (command === 'CANCEL') this.#stop('cancelled');
    // Whatever else was wished, a run that has to stop anyway is stopped once.
    if (this.#stopping) return;
    if (command === 'PAUSE') this.#stop('paused');
    if (command === 'RELEASE') this.#stop('shutdown');
    if (command === 'FINISH' && !this.#finishing) {
      this.#finishing = true;
      this.#log.info('finishing early');
      this.executor.tell({ type: 'finish early' });
    }
  }

  async #conclude(end: Execution): Promise<void> {
    const crash = end.kind === 'died' ? crashOf(end.death, this.#oomKills) : null;
    if (crash) this.#warn(describeCrash(crash));
    if (end.kind === 'ended' || this.#stopping === 'cancelled') this.#checkpointing.abort();
    await this.#outbox.flush().catch((error: unknown) => this.#fail(error));
    await this.#console.flush();
    this.#holding.signal.throwIfAborted();
    if (this.#problem) await this.#settle({ status: 'FAILED', endReason: 'ERROR', error: this.#problem });
    else if (end.kind === 'ended') await this.#settle(end.result);
    else if (this.#stopping === 'cancelled') await this.#settle({ ...(end.kind === 'interrupted' ? { epochs: end.epochs } : {}), ...this.#soFar });
    else await this.#release(crash);
  }

  /** What cannot be reported need not be computed. */
  #fail(error: unknown): void {
    if (this.#holding.signal.aborted || this.#problem) return;
    this.#log.error(error, 'the run cannot be reported');
    this.#problem = (error as Error).message;
    this.#stop('cancelled');
  }

  #warn(text: string): void {
    this.#log.warn(text);
    this.#console.print('STDERR', text);
  }

  async #settle(result: Result): Promise<void> {
    this.#settling = true;
    const { runId, leaseToken } = this.claim;
    const { settleRun } = await this.#client.request(SettleRunDocument, { input: { ...result, runId, leaseToken } }, { idempotent: true });
    // After an answer that was lost, the repeated call finds the lease given up: the run is settled all the same.
    if (settleRun.userErrors.length > 0) this.#log.warn(`not settled: ${describeUserErrors(settleRun.userErrors)}`);
    else this.#log.info({ status: result.status, endReason: result.endReason }, 'run settled');
  }

  /** Best effort at a shutdown: without it the lease expires, and the run waits half a minute longer. */
  async #release(crash: Crash | null): Promise<void> {
    this.#settling = true;
    const { runId, leaseToken } = this.claim;
    const patience = this.#shutDown ? { retryForMs: 2_000, silenceMs: 5_000 } : { retryForMs: Infinity, signal: this.#holding.signal };
    try {
      const { releaseRun } = await this.post.client.request(ReleaseRunDocument, { input: { runId, leaseToken, crash } }, { idempotent: true, ...patience });
      this.#log.info(releaseRun.userErrors.length > 0 ? describeUserErrors(releaseRun.userErrors) : 'run handed back');
    } catch (error) {
      this.#log.warn(`the run could not be handed back; its lease will expire: ${(error as Error).message}`);
    }
  }

  #refused(errors: readonly UserError[]): void {
    if (!errors.some(({ code }) => code === 'LEASE_LOST')) throw new Error(`The API refused what the run reported: ${describeUserErrors(errors)}`);
    this.#stop('lease lost');
    this.#holding.signal.throwIfAborted();
  }

  #killIn(ms: number): void {
    this.#killTimer ??= setTimeout(() => {
      this.#log.info('its batch lasts; ending the executor');
      this.executor.kill();
    }, ms);
  }
}

const columnsOf = (metrics: Record<string, number>, step: number) => Object.entries(metrics).map(([key, value]) => ({ key, steps: [step], times: [Date.now() / 1000], values: [value] }));
