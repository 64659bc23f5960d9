import { now } from '../clocks';
import type { LeaseEnd } from '../messages';

/** Longest head start a batch is given over the end of the lease. */
const longestMarginMs = 10_000;

/**
 * Lets training pass while the lease is known to be held, and makes it wait between two batches when it is not: the run
 * may be somebody else's by now. A batch is not begun when the last one took longer than the lease is still known to last.
 */
export class LeaseGate {
  #end: LeaseEnd;
  #opened: (() => void) | null = null;
  #lastPass = now().monotonicMs;

  constructor(end: LeaseEnd, readonly onWait: (waiting: boolean) => void = () => {}) {
    this.#end = end;
  }

  confirm(end: LeaseEnd): void {
    this.#end = end;
    this.#opened?.();
  }

  /** Rejects with the signal's reason when the run is to stop while it waits. */
  async pass(signal: AbortSignal): Promise<void> {
    const marginMs = Math.min(longestMarginMs, now().monotonicMs - this.#lastPass);
    if (!this.#holds(marginMs)) await this.#wait(signal);
    this.#lastPass = now().monotonicMs;
  }

  async #wait(signal: AbortSignal): Promise<void> {
    this.onWait(true);
    do {
      await new Promise<void>((resolve, reject) => {
        const stop = () => reject(signal.reason as Error);
        if (signal.aborted) return stop();
        signal.addEventListener('abort', stop, { once: true });
        this.#opened = () => {
          signal.removeEventListener('abort', stop);
          resolve();
        };
      }).finally(() => { this.#opened = null; });
    } while (!this.#holds(0));
    this.onWait(false);
  }

  #holds(marginMs: number): boolean {
    const { monotonicMs, wallMs } = now();
    return monotonicMs + marginMs < this.#end.monotonicMs && wallMs + marginMs < this.#end.wallMs;
  }
}
