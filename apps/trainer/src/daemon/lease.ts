import { HeartbeatDocument, type Client, type HeartbeatMutation } from '@thaw/client';
import type { Claim } from '../claim';
import { leaseEnd, now } from '../clocks';
import type { LeaseEnd } from '../messages';

export type Command = HeartbeatMutation['heartbeat']['command'];

export interface LeaseOptions {
  client: Client;
  trainerId: string;
  claim: Claim;
  /** milliseconds */
  everyMs?: number;
  onConfirmed(end: LeaseEnd): void;
  onCommand(command: Command): void;
  onLost(): void;
}

/** A beat that nothing answers for this long is followed by another. */
const silenceMs = 5_000;

/** An API that comes back takes expired leases away within seconds: be there first. */
const awayMs = 1_000;

/** Keeps a claim alive, and learns what is wanted of its run. */
export class Lease implements Disposable {
  #timer: NodeJS.Timeout | undefined;
  #beating = false;
  #wanted = false;
  #over = new AbortController();
  #phase: string | undefined;

  constructor(readonly options: LeaseOptions) {
    this.#next(options.everyMs ?? 5_000);
  }

  /** Shown at once: on a small run a phase may be over before the next beat. */
  phase(phase: string): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.beat();
  }

  /** Now, and once more when one is under way: what it is to learn may be newer than that one's answer. */
  beat(): void {
    if (this.#over.signal.aborted) return;
    this.#wanted = true;
    if (!this.#beating) void this.#beat();
  }

  [Symbol.dispose](): void {
    this.#over.abort();
    clearTimeout(this.#timer);
  }

  async #beat(): Promise<void> {
    clearTimeout(this.#timer);
    this.#beating = true;
    this.#wanted = false;
    const answered = await this.#send();
    this.#beating = false;
    if (this.#over.signal.aborted) return;
    const { everyMs = 5_000 } = this.options;
    if (answered && this.#wanted) void this.#beat();
    else this.#next(answered ? everyMs : Math.min(awayMs, everyMs));
  }

  async #send(): Promise<boolean> {
    const { client, trainerId, claim: { runId, leaseToken, leaseSeconds }, onConfirmed, onCommand, onLost } = this.options;
    const sent = now();
    try {
      const input = { trainerId, runId, leaseToken, phase: this.#phase };
      const { heartbeat } = await client.request(HeartbeatDocument, { input }, { retryForMs: 0, silenceMs, signal: this.#over.signal });
      if (this.#over.signal.aborted) return true;
      // A trainer the API does not know holds no lease either.
      if (heartbeat.userErrors.length > 0) onLost();
      else {
        onConfirmed(leaseEnd(sent, leaseSeconds));
        onCommand(heartbeat.command);
      }
      return true;
    } catch {
      return false;
    }
  }

  #next(ms: number): void {
    this.#timer = setTimeout(() => this.beat(), ms);
  }
}
