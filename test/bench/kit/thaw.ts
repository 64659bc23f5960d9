import path from 'node:path';
import { createClient } from '@thaw/client';
import { startEmbeddedPostgres } from '@thaw/db/embedded';
import { makeScratch } from './scratch';
import { startServerProcess } from './server-process';

export interface Thaw {
  url: string;
  /** Of the API's process. */
  pid: number;
  databaseUrl: string;
  /** The data of an operation over HTTP; throws on errors and on userErrors. */
  ask<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
}

/** The API as it is built, in a process of its own, on an embedded Postgres with fsync on. */
export async function withThaw<Answer>(measure: (thaw: Thaw) => Promise<Answer>): Promise<Answer> {
  using scratch = makeScratch('thaw');
  const postgres = await startEmbeddedPostgres({ folder: path.join(scratch.folder, 'postgres'), logFile: path.join(scratch.folder, 'postgres.log') });
  try {
    await using server = await startServerProcess({
      command: process.execPath,
      args: () => [path.join(__dirname, '../../../apps/api/dist/main.js')],
      env: { DATABASE_URL: postgres.url, THAW_HOME: scratch.folder, LOG_LEVEL: 'warn', NODE_ENV: 'production' },
      healthPath: '/healthz',
      logFile: path.join(scratch.folder, 'api.log'),
    });
    const client = createClient({ url: server.url });
    try {
      return await measure({ url: server.url, pid: server.pid, databaseUrl: postgres.url, ask: (query, variables) => ask(client, query, variables) });
    } finally {
      await client.close();
    }
  } finally {
    await postgres.stop();
  }
}

export async function ask<Data>(client: ReturnType<typeof createClient>, query: string, variables?: Record<string, unknown>): Promise<Data> {
  const { data, errors } = await client.raw<Data>(query, variables);
  const refused = Object.values(data ?? {}).flatMap((payload) => (payload as { userErrors?: unknown[] } | null)?.userErrors ?? []);
  if (!data || errors?.length || refused.length > 0) throw new Error(`${query}\nanswered ${JSON.stringify(errors ?? refused)}`);
  return data;
}
