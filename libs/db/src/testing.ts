import { randomBytes } from 'node:crypto';
import { Client, type Pool } from 'pg';
import { connect, type Database } from './connect';

export interface TestDatabase {
  url: string;
  db: Database;
  pool: Pool;
  /** Drops the database; throws when somebody else's connection to it is still open. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** A migrated, empty database of one's own, cloned from the template that test/kit/global-setup.mjs made. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = process.env.TEST_DATABASE_URL;
  if (!template) throw new Error('TEST_DATABASE_URL is not set: run tests through Jest, whose global setup (test/kit/global-setup.mjs) sets it.');
  const templateName = new URL(template).pathname.slice(1);
  const name = `thaw_test_${randomBytes(6).toString('hex')}`;
  await asAdmin(template, (client) => client.query(`create database "${name}" template "${templateName}"`));
  const url = Object.assign(new URL(template), { pathname: `/${name}` }).href;
  const connection = connect(url);

  return {
    url,
    db: connection.db,
    pool: connection.pool,
    async [Symbol.asyncDispose]() {
      await connection.end();
      await asAdmin(template, async (client) => {
        const leaked = await openConnections(client, name);
        await client.query(`drop database "${name}" with (force)`);
        if (leaked.length > 0) {
          throw new Error(`${leaked.length} database connection(s) were left open by this test; close what it opened. Their last queries:\n${leaked.join('\n')}`);
        }
      });
    },
  };
}

/** Closing takes the server a moment, so only what stays open counts. */
async function openConnections(client: Client, name: string): Promise<string[]> {
  for (let attempt = 0; ; attempt++) {
    const { rows } = await client.query<{ application_name: string; query: string }>(
      'select application_name, query from pg_stat_activity where datname = $1',
      [name],
    );
    if (rows.length === 0 || attempt === 40) return rows.map((row) => `${row.application_name || 'unnamed'}: ${row.query}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function asAdmin(template: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: Object.assign(new URL(template), { pathname: '/postgres' }).href });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
