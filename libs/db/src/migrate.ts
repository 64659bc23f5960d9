import { existsSync } from 'node:fs';
import path from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';

/** Any fixed number: replicas that start together agree on it. */
const migrationLock = 7_482_901;

/** Brings the database to the newest schema; one replica works while the others wait. */
export async function migrate(url: string, folder = migrationsFolder()): Promise<void> {
  const client = new Client({ connectionString: url, application_name: 'thaw-migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await applyMigrations(drizzle(client), { migrationsFolder: folder });
  } finally {
    // Ending the session frees the lock.
    await client.end();
  }
}

/** libs/db/migrations of the checkout this code runs in, bundled or not. */
export function migrationsFolder(from = __dirname): string {
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'nx.json'))) return path.join(folder, 'libs/db/migrations');
    if (folder === path.dirname(folder)) throw new Error(`No nx.json in ${from} or above: the API must run inside the Thaw checkout, where libs/db/migrations lies.`);
  }
}
