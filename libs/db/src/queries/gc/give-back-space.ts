import type { Pool, PoolClient } from 'pg';
import type { Database } from '../../connect';

export interface Table {
  name: string;
  /** Bytes, what is stored out of line (TOAST) included, indexes not. */
  size: number;
  /** An estimate, good right after VACUUM ANALYZE. */
  rows: number;
  indexes: number;
  /** Bytes of all its indexes. */
  indexSize: number;
}

/** Rewriting blocks everybody from the table, so it must be worth it. */
const worthBytes = 16 * 1024 * 1024;
const worthShare = 0.5;
const lockTimeoutMs = 5_000;
/** Generous: ids, numbers and short names with their pointers. */
const indexEntryBytes = 100;

const isWorth = (free: number, size: number) => free >= worthBytes && free >= size * worthShare;

export async function databaseSize(db: Database): Promise<number> {
  const { rows } = await db.execute<{ size: string }>('/* databaseSize */ select pg_database_size(current_database()) as size');
  return Number(rows[0]!.size);
}

/**
 * Makes the space of removed rows free for new ones, and rewrites the tables and indexes that are half empty or more,
 * which gives it back to the disk. Answers what could not be done.
 */
export async function giveBackSpace(db: Database): Promise<string[]> {
  const client = await (db as Database & { $client: Pool }).$client.connect();
  const notes: string[] = [];
  try {
    await client.query(`set lock_timeout = ${lockTimeoutMs}`);
    for (const name of (await listTables(client)).map((table) => table.name)) {
      await client.query(`/* giveBackSpace */ vacuum (analyze) ${client.escapeIdentifier(name)}`).catch((error: Error & { code?: string }) => notes.push(whyNot(name, 'could not be vacuumed', error)));
    }
    for (const table of await listTables(client)) {
      const free = table.size < worthBytes ? 0 : table.size - (await estimateLive(client, table));
      const freeInIndexes = table.indexSize - table.rows * table.indexes * indexEntryBytes;
      const rewrite = isWorth(free, table.size) ? 'vacuum (full, analyze)' : isWorth(freeInIndexes, table.indexSize) ? 'reindex table' : null;
      if (!rewrite) continue;
      await client
        .query(`/* giveBackSpace */ ${rewrite} ${client.escapeIdentifier(table.name)}`)
        .catch((error: Error & { code?: string }) => notes.push(whyNot(table.name, `has about ${Math.round(Math.max(free, freeInIndexes) / 1e6)} MB to give back to the disk, but could not be rewritten`, error)));
    }
  } finally {
    await client.query('reset lock_timeout').catch(() => {});
    client.release();
  }
  return notes;
}

async function listTables(client: PoolClient): Promise<Table[]> {
  const { rows } = await client.query<Record<keyof Table, string>>(
    "/* listTables */ select relname as name, pg_table_size(oid) as size, reltuples::bigint as rows, pg_indexes_size(oid) as \"indexSize\", (select count(*) from pg_index where indrelid = pg_class.oid) as indexes from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname",
  );
  return rows.map(({ name, size, rows: count, indexes, indexSize }) => ({ name, size: Number(size), rows: Math.max(0, Number(count)), indexes: Number(indexes), indexSize: Number(indexSize) }));
}

/** Pages to look at; a sample says how wide a row is. */
const samplePages = 2000;
const pageSize = 8192;
/** Row header and item pointer, alignment included. */
const rowOverhead = 32;
/** Page headers, what is left over at the end of pages, headers of the pieces stored out of line. */
const pageOverhead = 1.1;

/** Bytes the rows of a table take: their stored width, from a sample, times their number. */
async function estimateLive(client: PoolClient, { name, rows }: Table): Promise<number> {
  if (rows === 0) return 0;
  const table = client.escapeIdentifier(name);
  const columns = await client.query<{ name: string }>("select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped", [`public.${table}`]);
  const width = columns.rows.map((column) => `coalesce(pg_column_size(${client.escapeIdentifier(column.name)}), 0)`).join(' + ');
  const heapPages = (await client.query<{ size: string }>('select pg_relation_size($1::regclass) as size', [`public.${table}`])).rows[0]!;
  const percent = Math.min(100, (samplePages * 100 * pageSize) / Math.max(1, Number(heapPages.size)));
  const sample = await client.query<{ width: string | null }>(`/* estimateLive */ select avg(${width}) as width from ${table} tablesample system (${percent})`);
  const average = sample.rows[0]!.width;
  // A sample without a row: almost all pages are empty.
  return average === null ? 0 : (Number(average) + rowOverhead) * rows * pageOverhead;
}

function whyNot(table: string, what: string, { code, message }: Error & { code?: string }): string {
  if (code === '55P03') return `Table ${table} ${what}: others kept it in use for ${lockTimeoutMs / 1000} seconds. Run gc again at a quiet time.`;
  return `Table ${table} ${what}: ${message}. The space is used again by what comes next.`;
}
