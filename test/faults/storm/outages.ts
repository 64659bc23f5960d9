import { setTimeout as sleep } from 'node:timers/promises';
import type { Installation } from '../installation';

export interface Outage {
  /** milliseconds since 1970 */
  from: number;
  to: number;
}

/** When the API, with its database, did not answer, seen from outside. */
export class OutageWatch {
  readonly outages: Outage[] = [];
  readonly #stop = new AbortController();
  readonly #watching: Promise<void>;

  constructor(installation: Installation) {
    this.#watching = this.#watch(installation);
  }

  /** Milliseconds of outage within the time. */
  within(from: number, to: number): number {
    return this.outages.reduce((sum, outage) => sum + Math.max(0, Math.min(to, outage.to) - Math.max(from, outage.from)), 0);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#watching;
  }

  async #watch({ url }: Installation): Promise<void> {
    let wasUp = true;
    for (let last = Date.now(); !this.#stop.signal.aborted; await sleep(100)) {
      const up = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) }).then(({ ok }) => ok, () => false);
      const now = Date.now();
      // It may have gone just after it was last seen.
      if (!up && wasUp) this.outages.push({ from: last, to: now });
      else if (!wasUp) this.outages.at(-1)!.to = now;
      wasUp = up;
      last = now;
    }
  }
}
