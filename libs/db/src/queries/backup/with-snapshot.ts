import type { Readable } from 'node:stream';
import { getTableName } from 'drizzle-orm';
import type { Pool, PoolClient } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Database } from '../../connect';
import { webhookSecret } from '../../schema';
import { referredTo } from '../gc/find-unreferenced-blobs';
import { type BackupTable, listTables } from './list-tables';
import { readSchemaLevel } from './schema-level';
import { renderSql } from './render-sql';

export interface Snapshot {
  tables: BackupTable[];
  schemaLevel: string[];
  /** Last value handed out, by sequence. */
  sequences: Record<string, number>;
  /** Rows of a table in Postgres's binary COPY format. rowCount is known once it has been read. */
  copyOut(table: BackupTable): Readable & { rowCount: number };
  /** Blobs that something refers to, a page at a time. */
  referredBlobs(): AsyncGenerator<{ sha256: string; size: number }[]>;
}

/** Everything work reads is of one moment, whatever is written meanwhile. */
export async function withSnapshot<T>(db: Database, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const client = await (db as Database & { $client: Pool }).$client.connect();
  let broken = true;
  try {
    await client.query('begin isolation level repeatable read read only');
    const tables = await listTables(client);
    const value = await work({ tables, schemaLevel: await readSchemaLevel(client), sequences: await readSequences(client), copyOut: (table) => copyOut(client, table), referredBlobs: () => referredBlobs(client) });
    await client.query('rollback');
    broken = false;
    return value;
  } finally {
    // One whose COPY was broken off cannot be used again.
    client.release(broken);
  }
}

/** A backup is copied about: it holds nothing that lets its finder speak for this installation. */
const isSecret = new Set<string>([getTableName(webhookSecret)]);

const isReferred = renderSql(referredTo(null));

function copyOut(client: PoolClient, { name, columns }: BackupTable): Readable & { rowCount: number } {
  const selected = columns.map((column) => client.escapeIdentifier(column)).join(', ');
  // A blob that nothing refers to is an upload under way, whose file the backup leaves out as well.
  const where = name === 'blob' ? `where exists (select from (${isReferred}) used where used.sha256 = blob.sha256)` : isSecret.has(name) ? 'where false' : '';
  return client.query(copyTo(`copy (select ${selected} from ${client.escapeIdentifier(name)} ${where}) to stdout (format binary)`)) as Readable & { rowCount: number };
}

async function* referredBlobs(client: PoolClient): AsyncGenerator<{ sha256: string; size: number }[]> {
  await client.query(`/* referredBlobs */ declare referred_blobs no scroll cursor for select sha256, size from blob where exists (select from (${isReferred}) used where used.sha256 = blob.sha256) order by sha256`);
  for (;;) {
    const { rows } = await client.query<{ sha256: string; size: string }>('fetch 1000 from referred_blobs');
    if (rows.length === 0) break;
    yield rows.map(({ sha256, size }) => ({ sha256, size: Number(size) }));
  }
  await client.query('close referred_blobs');
}

/** Read after the snapshot was taken: at least what its rows hold. */
async function readSequences(client: PoolClient): Promise<Record<string, number>> {
  const { rows } = await client.query<{ name: string; last: string }>("/* readSequences */ select sequencename as name, coalesce(last_value, 0) as last from pg_sequences where schemaname = 'public'");
  return Object.fromEntries(rows.map(({ name, last }) => [name, Number(last)]));
}
