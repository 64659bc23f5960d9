import { unpackSeries } from '@thaw/series';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { metricSeries, run, type MetricChunkRow } from '../../schema';
import { createTestDatabase, type TestDatabase } from '../../testing';
import { appendMetrics } from './append-metrics';
import { compactSeries } from './compact-series';
import { findScatteredSeries } from './find-scattered-series';
import { readLastSeq } from './read-last-seq';
import { chunksOf, givenRun, named, plain, readSummary, readWhole, summaryOf } from './testing-metrics';

let database: TestDatabase;
beforeAll(async () => { database = await createTestDatabase(); });
afterAll(() => database[Symbol.asyncDispose]());

let batch = 0;
const append = (runId: string, steps: number[], values?: number[]) => appendMetrics(database.db, { runId, batchId: String(batch++), leaseToken: null, series: [named('loss', steps, values)] });
const seriesOf = async (runId: string) => (await database.db.select().from(metricSeries).where(eq(metricSeries.runId, runId)))[0]!.id;
const compact = async (runId: string, partial = true) => compactSeries(database.db, await seriesOf(runId), await readLastSeq(database.db), { partial });
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

function expectDisjoint(chunks: MetricChunkRow[]) {
  const compacted = chunks.filter(({ extremes }) => extremes);
  compacted.slice(1).forEach((chunk, index) => expect(chunk.firstStep).toBeGreaterThan(compacted[index]!.lastStep));
  for (const chunk of chunks) {
    const { steps } = unpackSeries(chunk.points);
    expect([chunk.count, chunk.firstStep, chunk.lastStep]).toEqual([steps.length, steps[0], steps.at(-1)]);
    expect(chunk.firstSeq ?? chunk.seq).toBeLessThanOrEqual(chunk.seq);
  }
}

test('small chunks in order become full ones, and the rest waits until it is asked for too', async () => {
  const { db } = database;
  const runId = await givenRun(db);
  for (let from = 0; from < 10_000; from += 100) await append(runId, range(from, from + 100), range(from, from + 100).map((step) => Math.sin(step)));
  const before = await readWhole(db, runId, 'loss');
  const arrived = (await chunksOf(db, runId)).map(({ seq }) => seq);
  expect(await findScatteredSeries(db)).toEqual([{ seriesId: await seriesOf(runId), chunks: 100, points: 10_000 }]);
  expect(await compact(runId, false)).toEqual({ replaced: 82, left: { chunks: 18, points: 1800 } });
  const chunks = await chunksOf(db, runId);
  expect(chunks.map(({ count }) => count).slice(0, 3)).toEqual([4100, 4100, 100]);
  // A cursor inside a chunk shows: first_seq <= cursor < seq.
  expect([chunks[0]!.firstSeq, chunks[0]!.seq, chunks[1]!.firstSeq]).toEqual([arrived[0], arrived[40], arrived[41]]);
  expect(chunks[0]!.rollup && unpackSeries(chunks[0]!.rollup).steps.length).toBeLessThan(150);
  expect(await compact(runId)).toEqual({ replaced: 18, left: { chunks: 0, points: 0 } });
  expectDisjoint(await chunksOf(db, runId));
  expect(await readWhole(db, runId, 'loss')).toEqual(before);
  expect(await compact(runId)).toMatchObject({ replaced: 0 });
});

test('a long batch is stored in full chunks at once', async () => {
  const runId = await givenRun(database.db);
  await append(runId, range(0, 10_000));
  const chunks = await chunksOf(database.db, runId);
  expect(chunks.map(({ count, extremes, rollup }) => [count, extremes !== null, rollup !== null])).toEqual([[3334, true, true], [3334, true, true], [3332, true, true]]);
  expect(await compact(runId)).toMatchObject({ replaced: 0 });
});

const operation = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('append' as const), steps: fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 30 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('follow' as const), count: fc.integer({ min: 1, max: 3000 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('compact' as const), partial: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('claim' as const) }) },
);

test('whatever was logged in whatever order by whichever claim, compaction changes no point, and summaries stay exact', async () => {
  const { db } = database;
  await fc.assert(fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 20 }), async (operations) => {
    const runId = await givenRun(db);
    // What a reader must see: the newest value of each step, from its first step on of the newest claim.
    let model = new Map<number, number>();
    let claimed = 0;
    let claimStart = Number.NEGATIVE_INFINITY;
    let value = 0;
    const log = async (steps: number[]) => {
      const values = steps.map(() => value++ % 17 === 0 ? Number.NaN : value);
      const first = Math.min(...steps);
      if (first < claimStart) model = new Map([...model].filter(([step]) => step < first || step >= claimStart));
      if (claimStart === Number.POSITIVE_INFINITY) model = new Map([...model].filter(([step]) => step < first));
      claimStart = Math.min(claimStart, first);
      steps.forEach((step, index) => model.set(step, values[index]!));
      expect(await append(runId, steps, values)).toEqual({ ok: true, accepted: steps.length });
    };
    for (const each of operations) {
      if (each.kind === 'append') await log(each.steps);
      else if (each.kind === 'follow') await log(range(Math.max(400, ...model.keys()) + 1, Math.max(400, ...model.keys()) + 1 + each.count));
      else if (each.kind === 'claim') {
        await db.update(run).set({ claims: ++claimed }).where(eq(run.id, runId));
        claimStart = Number.POSITIVE_INFINITY;
      } else if (model.size > 0) {
        await compact(runId, each.partial);
        expectDisjoint(await chunksOf(db, runId));
      }
      if (model.size === 0) continue;
      const read = await readWhole(db, runId, 'loss');
      expect(read.steps.map((step, index) => [step, read.values[index]])).toEqual([...model].sort(([a], [b]) => a - b));
      expect(await readSummary(db, runId)).toEqual(summaryOf(read));
    }
  }), {
    numRuns: 10,
    // Once lost: a claim that logs below where it began, after a compaction.
    examples: [[[{ kind: 'append', steps: [1, 0] }, { kind: 'claim' }, { kind: 'append', steps: [15] }, { kind: 'append', steps: [15] }, { kind: 'compact', partial: true }, { kind: 'append', steps: [0] }]]],
  });
}, 60_000);

test('nobody sees a gap or a double while appends and two compactions go on', async () => {
  const { db } = database;
  const runId = await givenRun(db);
  await append(runId, [0]);
  let appended = 0;
  let done = false;
  const writing = (async () => {
    for (let from = 1; from < 9_000; from += 100) {
      await append(runId, range(from, from + 100));
      appended = from + 99;
    }
    done = true;
  })();
  const compacting = [0, 1].map(async () => {
    let replaced = 0;
    while (!done) replaced += (await compact(runId)).replaced;
    return replaced;
  });
  const reading = (async () => {
    let reads = 0;
    for (; !done; reads++) {
      const atLeast = appended;
      const { steps } = await readWhole(db, runId, 'loss');
      expect(steps.length).toBeGreaterThan(atLeast);
      expect(steps).toEqual(range(0, steps.length));
    }
    return reads;
  })();
  await writing;
  const replaced = (await Promise.all(compacting)).reduce((a, b) => a + b);
  expect(replaced).toBeGreaterThan(50);
  expect(await reading).toBeGreaterThan(3);
  await compact(runId);
  expectDisjoint(await chunksOf(db, runId));
  expect(await readSummary(db, runId)).toEqual({ count: 9001, last: 9000, lastStep: 9000, min: 0, minStep: 0, max: 9000, maxStep: 9000 });
}, 60_000);

test('a summary of a long series is repaired from the chunks that new points touch', async () => {
  const { db } = database;
  const runId = await givenRun(db);
  await append(runId, range(0, 40_960), range(0, 40_960).map((step) => -step));
  await append(runId, [5, 20_000], [7, 8]);
  expect(await readSummary(db, runId)).toEqual({ count: 40_960, last: -40_959, lastStep: 40_959, min: -40_959, minStep: 40_959, max: 8, maxStep: 20_000 });
  await append(runId, [20_000, 40_959], [Number.NaN, Number.POSITIVE_INFINITY]);
  expect(await readSummary(db, runId)).toEqual({ count: 40_960, last: Number.POSITIVE_INFINITY, lastStep: 40_959, min: -40_958, minStep: 40_958, max: 7, maxStep: 5 });
  expect(await readSummary(db, runId)).toEqual(summaryOf(await readWhole(db, runId, 'loss')));
  await compact(runId);
  expect(plain(unpackSeries((await chunksOf(db, runId))[0]!.points)).values[5]).toBe(7);
});
