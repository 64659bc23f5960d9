import { and, eq, inArray } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { key, type KeyRow } from '../../schema';

/** The id of each name, made when it is new. */
export async function ensureKeys(db: Executor, projectId: string, kind: KeyRow['kind'], names: readonly string[]): Promise<Map<string, number>> {
  const ids = await findKeys(db, projectId, kind, names);
  const missing = [...new Set(names)].filter((name) => !ids.has(name));
  if (missing.length === 0) return ids;
  await db.insert(key).values(missing.map((name) => ({ projectId, kind, name }))).onConflictDoNothing();
  return new Map([...ids, ...(await findKeys(db, projectId, kind, missing))]);
}

async function findKeys(db: Executor, projectId: string, kind: KeyRow['kind'], names: readonly string[]): Promise<Map<string, number>> {
  const rows = await db
    .select({ id: key.id, name: key.name })
    .from(key)
    .where(and(eq(key.projectId, projectId), eq(key.kind, kind), inArray(key.name, [...names])));
  return new Map(rows.map(({ id, name }) => [name, id]));
}
