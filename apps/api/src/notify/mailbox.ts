import { iterate } from './iterate';

export interface Mailbox<Value> {
  /** What waits to be read already is not put in twice. */
  put(value: Value): void;
  /** What was put in, until its reader leaves or the signal ends it. */
  read: AsyncGenerator<Value, void, void>;
}

/** Takes values from the moment it is made, not from the first read: one between the two must not be lost. */
export function openMailbox<Value>(signal: AbortSignal, onClose: () => void): Mailbox<Value> {
  const waiting = new Set<Value>();
  let wake = () => {};
  let ended = signal.aborted;
  const close = () => {
    ended = true;
    onClose();
    signal.removeEventListener('abort', close);
    wake();
  };
  signal.addEventListener('abort', close);
  const read = iterate(async () => {
    while (!ended) {
      for (const value of waiting) {
        waiting.delete(value);
        return { value };
      }
      await new Promise<void>((resolve) => (wake = resolve));
    }
    close();
    return null;
  }, close);
  return { put: (value) => void (waiting.add(value), wake()), read };
}
