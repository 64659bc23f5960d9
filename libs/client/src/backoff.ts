import { setTimeout as sleep } from 'node:timers/promises';

export interface Patience {
  /** How long to go on after the first failure, in milliseconds; Infinity never gives up. */
  retryForMs: number;
  signal?: AbortSignal;
  /** Told once per failed attempt that will be repeated. */
  onRetry?(error: unknown, delayMs: number): void;
}

const firstDelayMs = 100;
const longestDelayMs = 5_000;

/** Repeats `attempt` with growing, jittered pauses while `mayPass(error)` says that waiting may help. */
export async function withBackoff<T>(attempt: () => Promise<T>, mayPass: (error: unknown) => boolean, { retryForMs, signal, onRetry }: Patience): Promise<T> {
  let firstFailure: number | undefined;
  for (let round = 0; ; round++) {
    signal?.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      signal?.throwIfAborted();
      firstFailure ??= performance.now();
      const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(round, 16)) * (0.75 + Math.random() / 2);
      if (!mayPass(error) || performance.now() + delayMs - firstFailure > retryForMs) throw error;
      onRetry?.(error, delayMs);
      await sleep(delayMs, undefined, { signal });
    }
  }
}
