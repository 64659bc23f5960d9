import { setTimeout as sleep } from 'node:timers/promises';

/** A notice that comes while nobody waits still ends the next wait at once. */
export class Wake {
  #pending = new AbortController();

  up(): void {
    this.#pending.abort();
  }

  async wait(ms: number, shutdown: AbortSignal): Promise<void> {
    await sleep(ms, undefined, { signal: AbortSignal.any([this.#pending.signal, shutdown]) }).catch(() => {});
    this.#pending = new AbortController();
  }
}
