import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';
import * as schema from './schema';

/** `$client`: its pool, for the few statements that drizzle would slow down. */
export type Database = NodePgDatabase<typeof schema> & { $client: Pool };
/** What a query function takes: the database, or a transaction on it. */
export type Executor = Database | Parameters<Parameters<Database['transaction']>[0]>[0];

export interface Connection {
  db: Database;
  pool: Pool;
  /** Waits for queries under way, then closes every connection. */
  end(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Every query is short: compiling one or starting workers for it would take longer than it does. Ids of all runs of a
 * large project fit into memory, and what is read at random is mostly cached.
 */
const settings = '-c jit=off -c max_parallel_workers_per_gather=0 -c work_mem=64MB -c random_page_cost=1.1';

export function connect(url: string, { maxConnections = 10, onError = (error: Error) => console.error(error) } = {}): Connection {
  const pool = new Pool({ connectionString: url, max: maxConnections, application_name: 'thaw', options: settings });
  // An idle connection that breaks (Postgres restarted) must not end the process; the pool opens another.
  pool.on('error', onError);
  let ending: Promise<void> | undefined;
  const end = () => (ending ??= pool.end());
  return { db: drizzle(pool, { schema, casing: 'snake_case' }), pool, end, [Symbol.asyncDispose]: end };
}
