import { listen, type Topic } from '@thaw/db';
import type { Logger } from 'pino';
import { openMailbox } from './mailbox';

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
      const { put, read } = openMailbox<Hint>(signal, () => unwatch());
      const unwatch = watch(topic, put);
      return read;
    },
  };
}
