import { useSyncExternalStore } from 'react';

/** idle: no subscription needs a socket. lost: it broke and is being opened again. */
export type ConnectionState = 'idle' | 'connected' | 'lost';

let state: ConnectionState = 'idle';
const watchers = new Set<() => void>();
const reconnectListeners = new Set<() => void>();

export function setConnection(next: ConnectionState): void {
  if (next === state) return;
  const recovered = state === 'lost' && next === 'connected';
  state = next;
  for (const watcher of watchers) watcher();
  if (recovered) for (const listener of reconnectListeners) listener();
}

/** What was sent while the socket was down is lost: whoever shows live data reads it again here. */
export function onReconnect(listener: () => void): () => void {
  reconnectListeners.add(listener);
  return () => reconnectListeners.delete(listener);
}

export function useConnection(): ConnectionState {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => state,
    () => 'idle',
  );
}
