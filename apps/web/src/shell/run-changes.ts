const listeners = new Set<(runId: string) => void>();

/** Tells of each run of the project that changes, or is new, as the socket says it. */
export function onRunChanged(listener: (runId: string) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellRunChanged(runId: string): void {
  for (const listener of listeners) listener(runId);
}
