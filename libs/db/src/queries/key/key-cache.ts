import type { Database } from '../../connect';
import type { KeyRow } from '../../schema';

/** Names are up to 512 bytes long: some 10 MB at the utmost. */
const most = 20_000;

class Cache<Value> {
  private readonly entries = new Map<string, Value>();

  get = (name: string) => this.entries.get(name);

  set(name: string, value: Value) {
    this.entries.set(name, value);
    if (this.entries.size > most) this.entries.delete(this.entries.keys().next().value!);
  }

  clear = () => this.entries.clear();
}

interface Known {
  keys: Cache<number>;
  projects: Cache<string>;
}

const caches = new WeakMap<Database, Known>();

function cacheOf(db: Database): Known {
  let cache = caches.get(db);
  if (!cache) caches.set(db, (cache = { keys: new Cache(), projects: new Cache() }));
  return cache;
}

export const recallProject = (db: Database, runId: string): string | undefined => cacheOf(db).projects.get(runId);

export const rememberProject = (db: Database, runId: string, projectId: string): void => cacheOf(db).projects.set(runId, projectId);

const entry = (projectId: string, kind: KeyRow['kind'], name: string) => `${projectId} ${kind} ${name}`;

export const recallKey = (db: Database, projectId: string, name: string, kind: KeyRow['kind'] = 'METRIC'): number | undefined => cacheOf(db).keys.get(entry(projectId, kind, name));

export interface KnownKey {
  projectId: string;
  /** Default: METRIC. */
  kind?: KeyRow['kind'];
  name: string;
  id: number;
}

/** Only what has been committed. */
export function rememberKeys(db: Database, known: readonly KnownKey[]): void {
  for (const { projectId, kind = 'METRIC', name, id } of known) cacheOf(db).keys.set(entry(projectId, kind, name), id);
}

/** A key goes only with its project; Postgres refuses an id that is gone. */
export const forgetKeys = (db: Database): void => cacheOf(db).keys.clear();
