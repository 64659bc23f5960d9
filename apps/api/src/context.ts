import type { Database } from '@thaw/db';
import DataLoader from 'dataloader';
import type { Logger } from 'pino';
import type { BlobStore } from './blob/blob-store';
import type { Env } from './env';
import type { Live } from './notify/live';
import type { Notifier } from './notify/notifier';

/** What lives as long as the process. */
export interface Services {
  env: Env;
  log: Logger;
  db: Database;
  blobs: BlobStore;
  notifier: Notifier;
  live: Live;
  /** Aborts when the process is to end: background work stops on it. */
  signal: AbortSignal;
}

/** A query of libs/db that answers many keys at once; keys without an answer are left out of the map. */
export type BatchQuery<Key, Value> = (db: Database, keys: readonly Key[]) => Promise<Map<Key, Value>>;

export interface Context extends Services {
  /** `load(findProjects, id)`: the calls of one request are answered by one query, and each key once. */
  load<Key, Value>(query: BatchQuery<Key, Value>, key: Key): Promise<Value | undefined>;
  /** Drops what was loaded: a subscription's next event, or a mutation's answer, must see new rows. */
  forget(): void;
  /** Every transaction below it was over when the operation began; only noted for those that ask for a changeCursor. */
  changesBefore?: number;
}

export function createContext(services: Services): Context {
  const loaders = new Map<unknown, DataLoader<unknown, unknown>>();
  return {
    ...services,
    load<Key, Value>(query: BatchQuery<Key, Value>, key: Key) {
      let loader = loaders.get(query) as DataLoader<Key, Value | undefined> | undefined;
      if (!loader) {
        loader = new DataLoader(async (keys) => {
          const found = await query(services.db, keys);
          return keys.map((each) => found.get(each));
        });
        loaders.set(query, loader as DataLoader<unknown, unknown>);
      }
      return loader.load(key);
    },
    forget: () => loaders.clear(),
  };
}

/** For ids that a foreign key vouches for. */
export async function loadExisting<Key, Value>(context: Context, query: BatchQuery<Key, Value>, key: Key): Promise<Value> {
  const value = await context.load(query, key);
  if (value === undefined) throw new Error(`${query.name} found nothing for ${String(key)}, which another row refers to.`);
  return value;
}
