import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bytesOf } from '@thaw/series';
import { eq, sql } from 'drizzle-orm';
import { migrate, migrationsFolder } from './migrate';
import { appendMetrics } from './queries/metric/append-metrics';
import { compactSeries } from './queries/metric/compact-series';
import { findMetricSummaries } from './queries/metric/find-summaries';
import { readLastSeq } from './queries/metric/read-last-seq';
import { readSeries } from './queries/metric/read-series';
import { key, metricSeries, runParam } from './schema';
import { createTestDatabase, type TestDatabase } from './testing';

let database: TestDatabase;
beforeAll(async () => { database = await createTestDatabase(); });
afterAll(() => database[Symbol.asyncDispose]());

const [project, dataset, version, backbone, trained, resumed] = Array.from({ length: 6 }, (_, index) => `00000000-0000-7000-8000-00000000000${index}`) as [string, string, string, string, string, string];

/** The schema as it was after so many migrations. */
async function givenSchema(migrations: number) {
  const { db } = database;
  await db.execute(sql`drop schema public cascade`);
  await db.execute(sql`drop schema drizzle cascade`);
  await db.execute(sql`create schema public`);
  const folder = mkdtempSync(path.join(tmpdir(), 'thaw-first-release-'));
  try {
    cpSync(migrationsFolder(), folder, { recursive: true });
    const journal = path.join(folder, 'meta/_journal.json');
    const all = JSON.parse(readFileSync(journal, 'utf8')) as { entries: unknown[] };
    writeFileSync(journal, JSON.stringify({ ...all, entries: all.entries.slice(0, migrations) }));
    await migrate(database.url, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The first release, with one run that was trained once and one that a second trainer took over. */
async function givenFirstRelease() {
  const { db } = database;
  await givenSchema(1);
  await db.execute(sql`insert into project (id, name) values (${project}, 'old')`);
  await db.execute(sql`insert into dataset (id, project_id, name) values (${dataset}, ${project}, 'flowers')`);
  await db.execute(sql`insert into dataset_version (id, dataset_id, version, digest, classes, train_count, val_count) values (${version}, ${dataset}, 1, 'x', '[]', 0, 0)`);
  await db.execute(sql`insert into backbone (id, name, title, source, status, spec) values (${backbone}, 'mobile', 'Mobile', 'IMPORTED', 'READY', '{}')`);
  for (const [id, claims] of [[trained, 1], [resumed, 2]] as const) {
    await db.execute(sql`insert into run (id, project_id, name, status, config, dataset_version_id, backbone_id, claims, lease_token)
      values (${id}, ${project}, 'run', 'RUNNING', '{"epochs": 30, "freeze": "head", "cutmix": null, "seed": 1.5}', ${version}, ${backbone}, ${claims}, 'token')`);
  }
  const chunk = (run: string, name: string, claim: number, steps: number[], values: number[]) => {
    const packed = [steps, steps.map((step) => 1_600_000_000.125 + step), values].map((numbers) => Buffer.from(bytesOf(Float64Array.from(numbers))));
    return db.execute(sql`insert into metric_chunk (run_id, key, claim, count, first_step, last_step, steps, times, values)
      values (${run}, ${name}, ${claim}, ${steps.length}, ${Math.min(...steps)}, ${Math.max(...steps)}, ${packed[0]}, ${packed[1]}, ${packed[2]})`);
  };
  await chunk(trained, 'train/loss', 1, [1, 2, 3], [0.5, Number.NaN, 0.1]);
  await chunk(trained, 'train/loss', 1, [5, 4], [Number.POSITIVE_INFINITY, -0.25]);
  await chunk(resumed, 'train/loss', 1, [1, 2, 3], [9, 8, 7]);
  await chunk(resumed, 'train/loss', 2, [3, 4], [1, 2]);
  const summary = (run: string, claim: number, count: number, last: number, lastStep: number, [min, minStep, max, maxStep]: number[]) =>
    db.execute(sql`insert into metric_summary values (${run}, 'train/loss', ${claim}, ${count}, ${String(last)}::float8, ${lastStep}, ${min}, ${minStep}, ${max}, ${maxStep})`);
  await summary(trained, 1, 5, Number.POSITIVE_INFINITY, 5, [-0.25, 4, 0.5, 1]);
  await summary(resumed, 2, 4, 2, 4, [1, 3, 9, 1]);
}

const read = async () => {
  const answer = await readSeries(database.db, { runIds: [trained, resumed], keys: null, maxPoints: 500, xAxis: 'STEP', xKey: null, range: null });
  if (!answer.ok) throw new Error(answer.reason);
  return answer.series.map(({ runId, key: name, count, points }) => ({ runId, name, count, steps: [...points.steps], times: [...points.times], values: [...points.values] }));
};

test('what the first release stored is there after the migration: curves, summaries, params', async () => {
  const { db } = database;
  await givenFirstRelease();
  await migrate(database.url);

  const times = (steps: number[]) => steps.map((step) => 1_600_000_000.125 + step);
  const expected = [
    { runId: trained, name: 'train/loss', count: 5, steps: [1, 2, 3, 4, 5], times: times([1, 2, 3, 4, 5]), values: [0.5, Number.NaN, 0.1, -0.25, Number.POSITIVE_INFINITY] },
    { runId: resumed, name: 'train/loss', count: 4, steps: [1, 2, 3, 4], times: times([1, 2, 3, 4]), values: [9, 8, 1, 2] },
  ];
  expect(await read()).toEqual(expected);
  const summaries = await findMetricSummaries(db, [trained, resumed]);
  expect(summaries.get(trained)).toMatchObject([{ key: 'train/loss', count: 5, last: Number.POSITIVE_INFINITY, lastStep: 5, min: -0.25, minStep: 4, max: 0.5, maxStep: 1 }]);
  expect(summaries.get(resumed)).toMatchObject([{ key: 'train/loss', count: 4, last: 2, lastStep: 4, min: 1, minStep: 3, max: 9, maxStep: 1 }]);
  const params = await db.select({ name: key.name, number: runParam.number, text: runParam.text }).from(runParam).innerJoin(key, eq(key.id, runParam.keyId)).where(eq(runParam.runId, trained));
  expect(params.sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([{ name: 'epochs', number: 30, text: '30' }, { name: 'freeze', number: null, text: 'head' }, { name: 'seed', number: 1.5, text: '1.5' }]);

  // Old chunks take part in what is new: appends go on, compaction repacks them.
  const more = { key: 'train/loss', steps: Float64Array.of(6, 2), times: Float64Array.from(times([6, 2])), values: Float64Array.of(3, 0.75) };
  expect(await appendMetrics(db, { runId: trained, batchId: 'new', leaseToken: 'token', series: [more] })).toEqual({ ok: true, accepted: 2 });
  for (const { id } of await db.select({ id: metricSeries.id }).from(metricSeries)) await compactSeries(db, id, await readLastSeq(db), { partial: true });
  expect(await read()).toEqual([{ ...expected[0]!, count: 6, steps: [1, 2, 3, 4, 5, 6], times: times([1, 2, 3, 4, 5, 6]), values: [0.5, 0.75, 0.1, -0.25, Number.POSITIVE_INFINITY, 3] }, expected[1]]);
  expect((await findMetricSummaries(db, [trained])).get(trained)).toMatchObject([{ count: 6, last: 3, lastStep: 6, min: -0.25, max: 3 }]);
});

test('claims of before tell when a run first began and how long it was worked on', async () => {
  const { db } = database;
  await givenSchema(12);
  await db.execute(sql`insert into project (id, name) values (${project}, 'old')`);
  await db.execute(sql`insert into trainer (id, name, backend) values (${dataset}, 't1', 'cpu')`);
  const at = (minute: number) => `2026-01-01T00:${String(minute).padStart(2, '0')}:00.000Z`;
  const run = (id: string, status: string, startedAt: string, endedAt: string | null) => db.execute(sql`insert into run (id, project_id, name, status, config, started_at, ended_at) values (${id}, ${project}, 'run', ${status}, '{}', ${startedAt}, ${endedAt})`);
  const claim = (id: string, number: number, from: number, to: number | null) => db.execute(sql`insert into run_claim (run_id, number, attempt, token, trainer_id, started_at, ended_at) values (${id}, ${number}, 1, ${`${id} ${number}`}, ${dataset}, ${at(from)}, ${to === null ? null : at(to)})`);
  await run(trained, 'CANCELLED', at(10), at(50));
  await claim(trained, 1, 1, 3);
  await claim(trained, 2, 10, 14);
  await run(resumed, 'RUNNING', at(20), null);
  await claim(resumed, 1, 5, 8);
  await claim(resumed, 2, 20, null);
  await migrate(database.url);
  const { rows } = await db.execute(sql`select started_at, worked_seconds, counts_from from run order by id`);
  expect(rows.map(({ started_at: start, worked_seconds: worked, counts_from: from }) => [new Date(start as string).toISOString(), worked, from && new Date(from as string).toISOString()])).toEqual([[at(1), 360, null], [at(5), null, at(17)]]);
});
