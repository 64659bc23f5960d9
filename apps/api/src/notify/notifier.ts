import { listen, type Topic } from '@thaw/db';
import type { Logger } from 'pino';

/** The id of the row that changed; null when notices may have been missed and everything should be looked at again. */
export type Hint = string | null;

export interface Notifier {
  /** Hints of one topic until the consumer returns or the process ends. Hints that wait to be read are merged. */
  subscribe(topic: Topic): AsyncGenerator<Hint, void, void>;
}

/** Fans the one LISTEN connection of this process out to its subscribers. */
export function createNotifier(url: string, log: Logger, signal: AbortSignal): Notifier {
  const subscribers = new Set<{ topic: Topic; push(hint: Hint): void }>();
  void listen(url, {
    signal,
    onNotice: ({ topic, id }) => subscribers.forEach((subscriber) => subscriber.topic === topic && subscriber.push(id)),
    onConnected: () => subscribers.forEach((subscriber) => subscriber.push(null)),
    onError: (error) => log.warn({ err: error }, 'listening to Postgres was interrupted; trying again'),
  });

  return {
    subscribe(topic) {
      const waiting = new Set<Hint>();
      let wake = () => {};
      const stop = () => wake();
      const subscriber = { topic, push: (hint: Hint) => void (waiting.add(hint), wake()) };
      // Registered at once, not at the first pull: a hint between the two must not be lost.
      subscribers.add(subscriber);
      let ended = false;
      const close = () => {
        ended = true;
        subscribers.delete(subscriber);
        signal.removeEventListener('abort', stop);
        wake();
      };
      signal.addEventListener('abort', stop);

      return {
        async next() {
          while (!ended && !signal.aborted) {
            for (const hint of waiting) {
              waiting.delete(hint);
              return { value: hint, done: false };
            }
            await new Promise<void>((resolve) => (wake = resolve));
          }
          close();
          return { value: undefined, done: true };
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
    },
  };
}
