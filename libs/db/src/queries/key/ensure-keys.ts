import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import type { KeyRow } from '../../schema';

/** The id of each name, made when it is new. */
export async function ensureKeys(db: Executor, projectId: string, kind: KeyRow['kind'], names: readonly string[]): Promise<Map<string, number>> {
  const ids = await findKeys(db, projectId, kind, names);
  // In one order everywhere, so that two transactions that make the same keys wait for each other only one way.
  const missing = [...new Set(names)].filter((name) => !ids.has(name)).sort();
  if (missing.length === 0) return ids;
  await db.execute(sql`/* ensureKeys */ insert into key (project_id, kind, name) select ${projectId}::uuid, ${kind}::key_kind, name from unnest(${sql.param(missing)}::text[]) name on conflict do nothing`);
  return new Map([...ids, ...(await findKeys(db, projectId, kind, missing))]);
}

async function findKeys(db: Executor, projectId: string, kind: KeyRow['kind'], names: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await db.execute<{ id: number; name: string }>(
    sql`/* findKeys */ select id, name from key where project_id = ${projectId}::uuid and kind = ${kind}::key_kind and name = any(${sql.param([...names])}::text[])`,
  );
  return new Map(rows.map(({ id, name }) => [name, id]));
}
