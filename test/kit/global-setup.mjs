// Once per Jest run, outside Jest's own module system: one Postgres and, in it, one migrated database that
// libs/db/src/testing.ts clones per test file. TEST_DATABASE_URL, when given, names a server to use instead.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { require as tsxRequire } from 'tsx/cjs/api';

export default async function setUp() {
  const load = (file) => tsxRequire(`../../libs/db/src/${file}`, import.meta.url);
  const { startEmbeddedPostgres } = load('embedded/index.ts');
  const { migrate } = load('migrate.ts');

  const server = process.env.TEST_DATABASE_URL ? null : await startInTemporaryFolder(startEmbeddedPostgres);
  const admin = process.env.TEST_DATABASE_URL ?? server.url;
  const template = `thaw_template_${process.pid}_${randomBytes(3).toString('hex')}`;
  const url = new URL(admin);
  url.pathname = `/${template}`;

  globalThis.thawTestDatabase = {
    async tearDown() {
      if (server) await server.stop();
      else await query(admin, `drop database if exists "${template}" with (force)`);
    },
  };
  try {
    await query(admin, `create database "${template}"`);
    await migrate(url.href);
  } catch (error) {
    await globalThis.thawTestDatabase.tearDown();
    throw error;
  }
  process.env.TEST_DATABASE_URL = url.href;
}

async function startInTemporaryFolder(startEmbeddedPostgres) {
  const folder = mkdtempSync(path.join(tmpdir(), 'thaw-postgres-'));
  const server = await startEmbeddedPostgres({ folder, logFile: path.join(folder, 'postgres.log'), durable: false });
  return {
    url: server.url,
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function query(connectionString, sql) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
