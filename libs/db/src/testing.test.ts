import { Client } from 'pg';
import { createTestDatabase } from './testing';

test('a test database has the tables, and two of them are apart', async () => {
  await using one = await createTestDatabase();
  await using other = await createTestDatabase();
  const tables = await one.pool.query<{ n: number }>(`select count(*)::int as n from information_schema.tables where table_schema = 'public'`);
  expect(tables.rows[0]!.n).toBeGreaterThan(5);
  await one.pool.query('create table only_here (id int)');
  await expect(other.pool.query('select * from only_here')).rejects.toThrow('does not exist');
});

test('a connection left open fails the test that leaked it', async () => {
  const database = await createTestDatabase();
  const leak = new Client({ connectionString: database.url });
  leak.on('error', () => {});
  await leak.connect();
  await leak.query('select 42');
  await expect(database[Symbol.asyncDispose]()).rejects.toThrow(/left open.*\n.*select 42/);
});
