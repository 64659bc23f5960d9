import type { Database } from '../../connect';

/** Names are up to 512 bytes long: some 10 MB at the utmost. */
const mostKeys = 20_000;

const caches = new WeakMap<Database, Map<string, number>>();

/** Ids of metric keys. A key goes only with its project, and then Postgres refuses its id: see forgetKeys. */
const cacheOf = (db: Database) => {
  let cache = caches.get(db);
  if (!cache) caches.set(db, (cache = new Map()));
  return cache;
};

const entry = (projectId: string, name: string) => `${projectId} ${name}`;

export const recallKey = (db: Database, projectId: string, name: string): number | undefined => caches.get(db)?.get(entry(projectId, name));

export interface KnownKey {
  projectId: string;
  name: string;
  id: number;
}

/** Only what has been committed. */
export function rememberKeys(db: Database, keys: readonly KnownKey[]): void {
  const cache = cacheOf(db);
  for (const { projectId, name, id } of keys) cache.set(entry(projectId, name), id);
  for (const oldest of cache.keys()) {
    if (cache.size <= mostKeys) break;
    cache.delete(oldest);
  }
}

export const forgetKeys = (db: Database): void => cacheOf(db).clear();
