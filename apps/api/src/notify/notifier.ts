import { listen, type Topic } from '@thaw/db';
import type { Logger } from 'pino';

/** The id of the row that changed; null when notices may have been missed and everything should be looked at again. */
export type Hint = string | null;

export interface Notifier {
  /** Calls back with the hints of one topic until the returned function is called. */
  watch(topic: Topic, onHint: (hint: Hint) => void): () => void;
  /** The same as an iterator, until the consumer returns or the process ends. Hints that wait to be read are merged. */
  subscribe(topic: Topic): AsyncGenerator<Hint, void, void>;
  /** How many listen at this moment. */
  readonly watchers: number;
}

/** Fans the one LISTEN connection of this process out to those who listen. */
export function createNotifier(url: string, log: Logger, signal: AbortSignal): Notifier {
  const watchers = new Set<{ topic: Topic; onHint(hint: Hint): void }>();
  void listen(url, {
    signal,
    onNotice: ({ topic, id }) => watchers.forEach((watcher) => watcher.topic === topic && watcher.onHint(id)),
    onConnected: () => watchers.forEach(({ onHint }) => onHint(null)),
    onError: (error) => log.warn({ err: error }, 'listening to Postgres was interrupted; trying again'),
  });

  const watch: Notifier['watch'] = (topic, onHint) => {
    const watcher = { topic, onHint };
    watchers.add(watcher);
    return () => void watchers.delete(watcher);
  };

  return {
    watch,
    get watchers() {
      return watchers.size;
    },
    subscribe(topic) {
      const waiting = new Set<Hint>();
      let wake = () => {};
      let ended = false;
      // Watches from now on, not from the first pull: a hint between the two must not be lost.
      const unwatch = watch(topic, (hint) => void (waiting.add(hint), wake()));
      const close = () => {
        ended = true;
        unwatch();
        signal.removeEventListener('abort', close);
        wake();
      };
      signal.addEventListener('abort', close);
      return iterate(async () => {
        while (!ended && !signal.aborted) {
          for (const hint of waiting) {
            waiting.delete(hint);
            return { value: hint };
          }
          await new Promise<void>((resolve) => (wake = resolve));
        }
        close();
        return null;
      }, close);
    },
  };
}

/**
 * An iterator from the function that waits for its next value (null: the end) and one that closes it. Unlike an
 * async generator it ends at once when its consumer leaves, even in the middle of waiting.
 */
export function iterate<Value>(next: () => Promise<{ value: Value } | null>, close: () => void): AsyncGenerator<Value, void, void> {
  return {
    async next() {
      const found = await next();
      return found ? { value: found.value, done: false } : { value: undefined, done: true };
    },
    async return() {
      close();
      return { value: undefined, done: true };
    },
    async throw(error) {
      close();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      close();
    },
  };
}
