import type { Database } from '../../connect';
import type { KeyRow } from '../../schema';
import { ensureKeys } from './ensure-keys';
import { recallKey, rememberKeys } from './key-cache';

/** The id of each name, made when it is new; from memory when it was known before. Not within a transaction: an id that is rolled back must not be remembered. */
export async function identifyKeys(db: Database, projectId: string, kind: KeyRow['kind'], names: readonly string[]): Promise<Map<string, number>> {
  const ids = new Map<string, number>();
  const missing: string[] = [];
  for (const name of names) {
    const id = recallKey(db, projectId, name, kind);
    if (id === undefined) missing.push(name);
    else ids.set(name, id);
  }
  if (missing.length === 0) return ids;
  const found = await ensureKeys(db, projectId, kind, missing);
  rememberKeys(db, [...found].map(([name, id]) => ({ projectId, kind, name, id })));
  return new Map([...ids, ...found]);
}
