import { setTimeout as sleep } from 'node:timers/promises';
import { appendMetrics } from '@thaw/db/queries/metric/append-metrics';
import { freshSeries } from '@thaw/db/queries/metric/fresh-series';
import { chunksOf, givenRun, named, readWhole } from '@thaw/db/queries/metric/testing-metrics';
import { createTestDatabase, type TestDatabase } from '@thaw/db/testing';
import pino from 'pino';
import { compactMetrics } from './compaction';

let database: TestDatabase;
beforeAll(async () => { database = await createTestDatabase(); });
afterAll(() => database[Symbol.asyncDispose]());

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
const append = async (runId: string, from: number, to: number) =>
  expect(await appendMetrics(database.db, { runId, batchId: String(from), leaseToken: null, series: [named('loss', range(from, to))] })).toMatchObject({ ok: true });

async function until(holds: () => Promise<boolean>) {
  for (let waited = 0; !(await holds()); waited += 20) {
    if (waited > 15_000) throw new Error('it did not come about in 15 s');
    await sleep(20);
  }
}

test('small chunks are compacted in the background, those of a run that rests too, and what a lost process left is found', async () => {
  const { db } = database;
  const [busy, resting, left] = [await givenRun(db), await givenRun(db), await givenRun(db)];
  for (let from = 0; from < 5000; from += 200) await append(busy, from, from + 200);
  for (let from = 0; from < 100; from += 5) await append(resting, from, from + 5);
  // As if another process had taken them, and ended.
  for (let from = 0; from < 100; from += 10) await append(left, from, from + 10);
  freshSeries(db).delete((await chunksOf(db, left))[0]!.seriesId);

  const stop = new AbortController();
  compactMetrics({ db, log: pino({ level: 'silent' }), signal: stop.signal }, { every: 10, settlesAfter: 50, restsAfter: 200 });
  try {
    await until(async () => (await chunksOf(db, busy)).length <= 5);
    await until(async () => (await chunksOf(db, resting)).length === 1);
    await until(async () => (await chunksOf(db, left)).length === 1);
  } finally {
    stop.abort();
  }
  expect((await readWhole(db, busy, 'loss')).steps).toEqual(range(0, 5000));
  expect((await readWhole(db, resting, 'loss')).steps).toEqual(range(0, 100));
  expect((await readWhole(db, left, 'loss')).steps).toEqual(range(0, 100));
}, 60_000);
