/** createdAt: where the socket told it; who changes a run here knows that it is not new. */
type Listener = (runId: string, createdAt?: string) => void;

const listeners = new Set<Listener>();

/** Tells of each run of the project that changes, or is new, as the socket says it. */
export function onRunChanged(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellRunChanged(...changed: Parameters<Listener>): void {
  for (const listener of listeners) listener(...changed);
}
