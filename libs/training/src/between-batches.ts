/**
 * Lets timers and sockets run between two batches, so that heartbeats need not wait for an epoch, and then waits for
 * as long as the caller wants. Throws once it is time to stop.
 */
export type BetweenBatches = () => Promise<void>;

export function createBetweenBatches(halt: AbortSignal, wait?: () => Promise<void> | void): BetweenBatches {
  return async () => {
    await new Promise((resolve) => setImmediate(resolve));
    const waiting = wait?.();
    if (waiting && !halt.aborted) await unlessAborted(waiting, halt);
    halt.throwIfAborted();
  };
}

/** Whoever waits for a caller that never answers must still be told to stop. */
async function unlessAborted(waiting: Promise<void>, halt: AbortSignal): Promise<void> {
  let stop = () => {};
  const aborted = new Promise<void>((resolve) => { stop = resolve; });
  halt.addEventListener('abort', stop, { once: true });
  await Promise.race([waiting, aborted]).finally(() => halt.removeEventListener('abort', stop));
}
