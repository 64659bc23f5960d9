/** Lets timers and sockets run between two batches: heartbeats must not wait for an epoch. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
