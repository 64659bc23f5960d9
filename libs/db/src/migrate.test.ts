import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { migrate, migrationsFolder } from './migrate';
import { createTestDatabase, type TestDatabase } from './testing';

let database: TestDatabase;
beforeAll(async () => { database = await createTestDatabase(); });
afterAll(() => database[Symbol.asyncDispose]());

test('replicas that start together migrate an empty database once', async () => {
  await database.db.execute(sql`drop schema public cascade`);
  await database.db.execute(sql`drop schema drizzle cascade`);
  await database.db.execute(sql`create schema public`);
  await Promise.all([1, 2, 3].map(() => migrate(database.url)));
  const { rows } = await database.db.execute<{ done: number }>(sql`select count(*)::int as done from drizzle.__drizzle_migrations`);
  expect(rows[0]!.done).toBe(readdirSync(migrationsFolder()).filter((name) => name.endsWith('.sql')).length);
});

test('the migrations make exactly the tables of src/schema', () => {
  const project = path.dirname(migrationsFolder());
  const copy = mkdtempSync(path.join(tmpdir(), 'thaw-migrations-'));
  try {
    cpSync(migrationsFolder(), copy, { recursive: true });
    const kit = path.join(project, '../../node_modules/drizzle-kit/bin.cjs');
    const output = execFileSync(process.execPath, [kit, 'generate', '--dialect=postgresql', '--casing=snake_case', '--schema=./src/schema/index.ts', `--out=${path.relative(project, copy)}`], { cwd: project, encoding: 'utf8' });
    expect(output).toContain('No schema changes');
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});
