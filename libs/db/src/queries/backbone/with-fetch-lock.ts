import type { Pool } from 'pg';
import type { Database } from '../../connect';

/** Runs work while this process alone, of all replicas, holds the lock of one backbone; false when another holds it. */
export async function withFetchLock(db: Database, backboneId: string, work: () => Promise<void>): Promise<boolean> {
  const client = await (db as Database & { $client: Pool }).$client.connect();
  // Postgres going away frees the lock; the work's own queries notice it.
  const ignore = () => {};
  client.on('error', ignore);
  let broken: Error | undefined;
  try {
    const { rows } = await client.query<{ locked: boolean }>('/* withFetchLock */ select pg_try_advisory_lock(hashtextextended($1, 0)) as locked', [`fetch ${backboneId}`]);
    if (!rows[0]?.locked) return false;
    try {
      await work();
      return true;
    } finally {
      await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [`fetch ${backboneId}`]).catch((error: Error) => (broken = error));
    }
  } finally {
    client.off('error', ignore);
    client.release(broken);
  }
}
