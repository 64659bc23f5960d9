import type { PoolClient } from 'pg';

export interface BackupTable {
  name: string;
  columns: string[];
}

/** Every table, those that others refer to first. */
export async function listTables(client: PoolClient): Promise<BackupTable[]> {
  const { rows } = await client.query<BackupTable & { refers: string[] }>(`/* listTables */
    select relname::text as name,
           (select array_agg(attname::text order by attnum) from pg_attribute where attrelid = class.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns,
           (select coalesce(array_agg(distinct other.relname::text), '{}') from pg_constraint join pg_class other on other.oid = confrelid where conrelid = class.oid and contype = 'f' and confrelid <> conrelid) as refers
    from pg_class class where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname`);
  const ordered: BackupTable[] = [];
  for (let waiting = rows; waiting.length > 0; ) {
    const placed = new Set(ordered.map(({ name }) => name));
    const next = waiting.filter(({ refers }) => refers.every((name) => placed.has(name)));
    if (next.length === 0) throw new Error(`These tables refer to each other in a circle: ${waiting.map(({ name }) => name).join(', ')}.`);
    ordered.push(...next.map(({ name, columns }) => ({ name, columns })));
    waiting = waiting.filter((row) => !next.includes(row));
  }
  return ordered;
}
