import { HeartbeatDocument, type Client } from '@thaw/client';
import type { Claim } from './claim';

export interface HeartbeatOptions {
  client: Client;
  trainerId: string;
  claim: Claim;
  onCancel(): void;
  onLeaseLost(): void;
  /** milliseconds; the lease lasts six beats */
  everyMs?: number;
}

/** Keeps the lease alive and brings the API's commands. A beat that fails is made up for by the next. */
export class Heartbeat implements Disposable {
  readonly #options: HeartbeatOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #end = new AbortController();
  #phase: string | undefined;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#beat(), options.everyMs ?? 5_000);
  }

  /** Shown at once: on a small run a phase may be over before the next beat. */
  phase(phase: string): void {
    this.#phase = phase;
    void this.#beat();
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#end.abort();
  }

  async #beat(): Promise<void> {
    const { client, trainerId, claim, onCancel, onLeaseLost } = this.#options;
    const input = { trainerId, runId: claim.runId, leaseToken: claim.leaseToken, phase: this.#phase };
    try {
      const { heartbeat } = await client.request(HeartbeatDocument, { input }, { retryForMs: 0, silenceMs: 10_000, signal: this.#end.signal });
      if (this.#end.signal.aborted) return;
      if (heartbeat.userErrors.some(({ code }) => code === 'LEASE_LOST')) onLeaseLost();
      else if (heartbeat.command === 'CANCEL') onCancel();
    } catch {
      // The API is away or the run has ended; the reports say so.
    }
  }
}
