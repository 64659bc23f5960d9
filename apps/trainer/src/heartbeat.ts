import { Worker } from 'node:worker_threads';
import { HeartbeatDocument, type HeartbeatMutation } from '@thaw/client';
import type { Claim } from './claim';

export interface HeartbeatOptions {
  url: string;
  token?: string;
  trainerId: string;
  claim: Claim;
  onCancel(): void;
  onLeaseLost(): void;
  /** milliseconds; the lease lasts six beats */
  everyMs?: number;
}

/** A training thread that shows no life for this long is stuck, and its run belongs to somebody else. */
const stuckAfterMs = 20 * 60_000;

/**
 * The beat's own thread: a batch on a slow backend blocks the event loop for longer than a lease lasts. It is text
 * because a bundle has no second file to start a thread from. A beat that fails is made up for by the next.
 */
const program = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { url, token, query, everyMs, stuckAfterMs } = workerData;
  let input = workerData.input;
  let heard = Date.now();
  let timer;
  async function beat() {
    clearTimeout(timer);
    timer = setTimeout(beat, everyMs);
    if (Date.now() - heard > stuckAfterMs) return;
    try {
      const headers = { 'content-type': 'application/json', ...(token ? { authorization: 'Bearer ' + token } : {}) };
      const body = JSON.stringify({ query, variables: { input } });
      const response = await fetch(url + '/graphql', { method: 'POST', headers, body, signal: AbortSignal.timeout(10_000) });
      const { data } = await response.json();
      if (data?.heartbeat) parentPort.postMessage(data.heartbeat);
    } catch {
      // An API that comes back takes expired leases away within seconds: be there first.
      clearTimeout(timer);
      timer = setTimeout(beat, Math.min(1000, everyMs));
    }
  }
  parentPort.on('message', ({ phase }) => {
    heard = Date.now();
    if (phase === input.phase) return;
    input = { ...input, phase };
    void beat();
  });
  timer = setTimeout(beat, everyMs);`;

/** Keeps the lease alive and brings the API's commands. */
export class Heartbeat implements Disposable {
  readonly #worker: Worker;
  readonly #lifeSigns: NodeJS.Timeout;
  #phase: string | undefined;
  #over = false;

  constructor({ url, token, trainerId, claim, onCancel, onLeaseLost, everyMs = 5_000 }: HeartbeatOptions) {
    const input = { trainerId, runId: claim.runId, leaseToken: claim.leaseToken };
    const workerData = { url: url.replace(/\/+$/, ''), token, query: HeartbeatDocument.toString(), input, everyMs, stuckAfterMs };
    this.#worker = new Worker(program, { eval: true, workerData });
    this.#worker.unref();
    this.#worker.on('message', ({ command, userErrors }: HeartbeatMutation['heartbeat']) => {
      if (this.#over) return;
      // A trainer the API does not know holds no lease either.
      if (userErrors.length > 0) onLeaseLost();
      else if (command === 'CANCEL') onCancel();
    });
    this.#lifeSigns = setInterval(() => this.#tell(), everyMs).unref();
  }

  /** Shown at once: on a small run a phase may be over before the next beat. */
  phase(phase: string): void {
    this.#phase = phase;
    this.#tell();
  }

  [Symbol.dispose](): void {
    this.#over = true;
    clearInterval(this.#lifeSigns);
    void this.#worker.terminate();
  }

  #tell(): void {
    this.#worker.postMessage({ phase: this.#phase });
  }
}
