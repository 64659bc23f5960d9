import { sql } from 'drizzle-orm';
import { createTestDatabase } from '../../testing';
import { databaseSize, giveBackSpace } from './give-back-space';

test('tables and indexes that have become empty give their space back, full ones are left alone', async () => {
  await using database = await createTestDatabase();
  const { db } = database;
  const fileOf = async (name: string) => (await db.execute<{ file: string }>(sql`select pg_relation_filepath(${name}::regclass) as file`)).rows[0]!.file;
  await db.execute(sql`insert into project (id, name) select gen_random_uuid(), 'p'`);
  await giveBackSpace(db);
  const before = await databaseSize(db);
  // Plain VACUUM can cut off the end of run's own file, but never makes an index smaller.
  await db.execute(sql`insert into run (id, project_id, name, config) select gen_random_uuid(), id, 'run ' || n, '{}' from project, generate_series(1, 60000) n`);
  await db.execute(sql`insert into log_line (run_id, claim, line, stream, at, text) select id, 0, 0, 'STDOUT', now(), repeat(md5(id::text), 20) from run`);
  expect(await giveBackSpace(db)).toEqual([]);
  const [full, logFile] = [await databaseSize(db), await fileOf('log_line')];
  expect(full - before).toBeGreaterThan(80_000_000);

  // Full tables are not rewritten.
  await giveBackSpace(db);
  expect(await fileOf('log_line')).toBe(logFile);
  // One row in ten stays, so that no file ends in empty pages.
  await db.execute(sql`delete from run where substr(id::text, 1, 1) in ('1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e')`);
  expect(await giveBackSpace(db)).toEqual([]);
  expect(await fileOf('log_line')).not.toBe(logFile);
  expect((await databaseSize(db)) - before).toBeLessThan((full - before) / 4);
});
