import { pipeline } from 'node:stream/promises';
import { and, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { Pool, PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Database } from '../../connect';
import { channel } from '../../notice';
import { run } from '../../schema';
import { mayHappen, take } from '../run/transition';
import { type BackupTable, listTables } from './list-tables';
import { readSchemaLevel } from './schema-level';

/** What a fresh installation makes by itself, and a restore may therefore replace. */
export interface FreshContent {
  project: string;
  dataset: string;
}

export interface Emptied {
  tables: BackupTable[];
  schemaLevel: string[];
  /** Loads what Snapshot.copyOut gave; answers the number of rows. */
  copyIn(table: BackupTable, content: AsyncIterable<Uint8Array>): Promise<number>;
  /** How many of these have a row. */
  countBlobs(sha256s: readonly string[]): Promise<number>;
  /** Makes what was loaded fit for use: sequences go on behind the rows, and no trainer holds anything. */
  settle(sequences: Record<string, number>): Promise<void>;
}

/**
 * Gives work every table empty, in one transaction: others see what was there until all of the new is. Answers what there
 * is when the installation is in use; then nothing is touched.
 */
export async function withEmptiedTables<T>(db: Database, fresh: FreshContent, work: (emptied: Emptied) => Promise<T>): Promise<{ ok: true; value: T } | { ok: false; inUse: string }> {
  const client = await (db as Database & { $client: Pool }).$client.connect();
  let broken = true;
  try {
    await client.query('begin');
    const tables = await listTables(client);
    // Readers go on; writers wait, and find their rows gone.
    await client.query(`lock table ${tables.map(({ name }) => client.escapeIdentifier(name)).join(', ')} in share row exclusive mode`);
    const inUse = await describeContent(client, fresh);
    if (inUse) {
      await client.query('rollback');
      broken = false;
      return { ok: false, inUse };
    }
    for (const { name } of [...tables].reverse()) await client.query(`delete from ${client.escapeIdentifier(name)}`);
    const value = await work({
      tables,
      schemaLevel: await readSchemaLevel(client),
      copyIn: (table, content) => copyIn(client, table, content),
      countBlobs: async (sha256s) => Number((await client.query<{ count: string }>('/* countBlobs */ select count(*) from blob where sha256 = any($1::text[])', [sha256s])).rows[0]!.count),
      settle: (sequences) => settle(client, sequences),
    });
    await client.query('commit');
    broken = false;
    return { ok: true, value };
  } finally {
    // Ending a broken session rolls back.
    client.release(broken);
  }
}

async function describeContent(client: PoolClient, { project, dataset }: FreshContent): Promise<string | null> {
  const { rows } = await client.query<Record<'runs' | 'projects' | 'datasets' | 'backbones', string>>(
    `/* describeContent */ select (select count(*) from run) as runs,
       (select count(*) from project where name <> $1 or deleted_at is not null) as projects,
       (select count(*) from dataset join project on project.id = project_id where project.name <> $1 or dataset.name <> $2 or (select count(*) from dataset_version where dataset_id = dataset.id) > 1) as datasets,
       (select count(*) from backbone where source = 'IMPORTED') as backbones`,
    [project, dataset],
  );
  const parts = Object.entries(rows[0]!).filter(([, count]) => Number(count) > 0).map(([what, count]) => `${count} ${what}`);
  return parts.length > 0 ? parts.join(', ') : null;
}

async function copyIn(client: PoolClient, { name, columns }: BackupTable, content: AsyncIterable<Uint8Array>): Promise<number> {
  const stream = client.query(copyFrom(`copy ${client.escapeIdentifier(name)} (${columns.map((column) => client.escapeIdentifier(column)).join(', ')}) from stdin (format binary)`));
  await pipeline(content, stream);
  return stream.rowCount;
}

async function settle(client: PoolClient, sequences: Record<string, number>): Promise<void> {
  // Behind what this database has handed out, too: an id that somebody still remembers must not come to mean another row.
  for (const [name, last] of Object.entries(sequences)) {
    await client.query('/* settle */ select setval($1::regclass, greatest($2::bigint, (select coalesce(last_value, 1) from pg_sequences where sequencename = $3)))', [`public.${client.escapeIdentifier(name)}`, Math.max(1, last), name]);
  }
  // Their trainers know another installation, if they live. Scripts go on where their runs are.
  await client.query(`/* settle */ update run_claim set ended_at = now(), outcome = 'RELEASED', reason = 'The installation was restored from a backup.' where ended_at is null`);
  await drizzle(client, { casing: 'snake_case' }).update(run).set(take('release')).where(and(eq(run.kind, 'MANAGED'), mayHappen('release')));
  // What waited to be sent is old by now, and the installation it was backed up from has sent it.
  await client.query("/* settle */ update alert_delivery set status = 'DEAD', ended_at = now() where status = 'PENDING'");
  await client.query("/* settle */ select pg_notify($1, 'runQueued ' || id) from (select id from run where status = 'QUEUED' and deleted_at is null limit 100) waiting", [channel]);
}
