import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Database } from '../connect';

export type Locked<T> = { held: true; value: T } | { held: false };

/**
 * Runs work while a lock of that name is held, by one of all replicas or, when shared, by several; does nothing when
 * somebody is in the way for longer than its patience. A process that dies lets go.
 */
export async function withLock<T>(db: Database, name: string, work: () => Promise<T>, { shared = false, patienceMs = 0 } = {}): Promise<Locked<T>> {
  const kind = shared ? '_shared' : '';
  const client = await (db as Database & { $client: Pool }).$client.connect();
  // Postgres going away frees the lock; the work's own queries notice it.
  const ignore = () => {};
  client.on('error', ignore);
  let broken: Error | undefined;
  try {
    const deadline = performance.now() + patienceMs;
    for (;;) {
      const { rows } = await client.query<{ locked: boolean }>(`/* withLock */ select pg_try_advisory_lock${kind}(hashtextextended($1, 0)) as locked`, [name]);
      if (rows[0]?.locked) break;
      if (performance.now() >= deadline) return { held: false };
      await sleep(20);
    }
    try {
      return { held: true, value: await work() };
    } finally {
      await client.query(`select pg_advisory_unlock${kind}(hashtextextended($1, 0))`, [name]).catch((error: Error) => (broken = error));
    }
  } finally {
    client.off('error', ignore);
    client.release(broken);
  }
}

/** One gc at a time. */
export const gcLock = 'gc';
/** Held, shared, by whoever needs every blob to stay (a backup); alone by gc, and for a moment by what removes released blobs. */
export const blobsLock = 'blobs';
/** Outlasts the latter. */
export const blobsPatienceMs = 1_000;
