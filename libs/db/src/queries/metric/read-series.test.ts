import fc from 'fast-check';
import { smooth } from '@thaw/series';
import { eq } from 'drizzle-orm';
import { metricSeries, run } from '../../schema';
import { createTestDatabase, type TestDatabase } from '../../testing';
import { appendMetrics } from './append-metrics';
import { compactSeries } from './compact-series';
import { readLastSeq } from './read-last-seq';
import { type SeriesQuestion, readSeries } from './read-series';
import { givenRun, named, plain, readWhole } from './testing-metrics';

let database: TestDatabase;
beforeAll(async () => { database = await createTestDatabase(); });
afterAll(() => database[Symbol.asyncDispose]());

let batch = 0;
const append = async (runId: string, key: string, steps: number[], values?: number[]) => {
  expect(await appendMetrics(database.db, { runId, batchId: String(batch++), leaseToken: null, series: [named(key, steps, values)] })).toMatchObject({ ok: true });
};
const compact = async (runId: string, partial = true) => {
  for (const { id } of await database.db.select().from(metricSeries).where(eq(metricSeries.runId, runId))) await compactSeries(database.db, id, await readLastSeq(database.db), { partial });
};
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

async function ask(question: Partial<SeriesQuestion> & { runIds: readonly string[] }) {
  const answer = await readSeries(database.db, { keys: null, maxPoints: 500, xAxis: 'STEP', xKey: null, range: null, ...question });
  if (!answer.ok) throw new Error(answer.reason);
  return answer.series.map(({ points, ...rest }) => ({ ...rest, points: { ...plain(points), ...(points.x && { x: [...points.x] }), ...(points.smoothed && { smoothed: [...points.smoothed] }) } }));
}

const isFinite = (value: number) => Number.isFinite(value);
const least = (numbers: number[]) => numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const greatest = (numbers: number[]) => numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);

/** Some 30,000 points in chunks of every kind: full, partly logged again, superseded, small, out of order. */
async function givenSeries(): Promise<string> {
  const { db } = database;
  const runId = await givenRun(db);
  const noisy = (step: number) => (step % 2111 === 7 ? Number.NaN : Math.sin(step / 300) + ((step * 7919) % 101) / 500);
  await append(runId, 'loss', range(0, 25_000), range(0, 25_000).map(noisy));
  for (let from = 25_000; from < 30_000; from += 250) await append(runId, 'loss', range(from, from + 250), range(from, from + 250).map(noisy));
  await compact(runId);
  await db.update(run).set({ claims: 1 }).where(eq(run.id, runId));
  for (let from = 28_100; from < 29_000; from += 100) await append(runId, 'loss', range(from, from + 100));
  await append(runId, 'loss', [12, 13, 9000], [77, Number.NEGATIVE_INFINITY, -88]);
  return runId;
}

/** Some 36,000 points, a few of them logged again; the claim that logged step 12 in the series above supersedes all later steps of the first. */
async function givenLongSeries(): Promise<string> {
  const runId = await givenRun(database.db);
  await append(runId, 'loss', range(0, 30_000), range(0, 30_000).map((step) => (step % 2111 === 7 ? Number.NaN : Math.sin(step / 300) + ((step * 7919) % 101) / 500)));
  for (let from = 30_000; from < 36_000; from += 250) await append(runId, 'loss', range(from, from + 250));
  await compact(runId, false);
  await append(runId, 'loss', [12, 13, 9000, 50_000], [77, Number.NEGATIVE_INFINITY, -88, 3]);
  return runId;
}

test('however coarsely it is read: points that were logged, exact extremes, everything not finite, the right count', async () => {
  const claimed = await givenSeries();
  const long = await givenLongSeries();
  const runs = await Promise.all([claimed, long].map(async (runId) => ({ runId, all: await readWhole(database.db, runId, 'loss') })));
  expect(runs[1]!.all.steps.length).toBe(36_001);

  await fc.assert(fc.asyncProperty(
    fc.constantFrom(0, 1),
    fc.constantFrom('STEP', 'WALL_TIME', 'RELATIVE_TIME'),
    fc.integer({ min: 4, max: 3000 }),
    fc.option(fc.tuple(fc.integer({ min: -10, max: 52_000 }), fc.integer({ min: 0, max: 20_000 }))),
    async (which, xAxis, maxPoints, zoom) => {
      const { runId, all } = runs[which]!;
      const positions = xAxis === 'STEP' ? all.steps : all.times.map((time) => (xAxis === 'WALL_TIME' ? time : time - all.times[0]!));
      const scale = (step: number) => (xAxis === 'STEP' ? step : positions[0]! + step / 10);
      const part = zoom && { from: scale(zoom[0]), to: scale(zoom[0] + zoom[1]) };
      const inside = all.steps.flatMap((step, index) => (!part || (positions[index]! >= part.from && positions[index]! <= part.to) ? [{ step, time: all.times[index]!, value: all.values[index]!, x: positions[index]! }] : []));
      const [answer] = await ask({ runIds: [runId], xAxis: xAxis as 'STEP', maxPoints, range: part ?? null });
      const { steps, times, values, x } = answer!.points as typeof all & { x?: number[] };
      expect(answer!.count).toBe(inside.length);
      const byStep = new Map(inside.map((point) => [point.step, point]));
      steps.forEach((step, index) => {
        expect({ step, time: times[index], value: values[index], x: x ? x[index] : step }).toEqual({ ...byStep.get(step)!, x: x ? byStep.get(step)!.x : step });
      });
      expect(steps).toEqual([...new Set(steps)].sort((a, b) => a - b));
      const [kept, whole] = [values.filter(isFinite), inside.map(({ value }) => value).filter(isFinite)];
      expect(kept.length).toBeLessThanOrEqual(maxPoints);
      expect([least(kept), greatest(kept)]).toEqual([least(whole), greatest(whole)]);
      const lost = inside.length - whole.length;
      if (lost <= maxPoints) expect(values.length - kept.length).toBe(lost);
      else expect(values.length - kept.length).toBeGreaterThan(0);
      expect(answer!.complete).toBe(steps.length === inside.length);
      // Enough places of the curve for the picture.
      expect(steps.length).toBeGreaterThanOrEqual(Math.min(inside.length, maxPoints / 4));
    },
  ), { numRuns: 60 });
}, 60_000);

test('more values that are not finite than points asked for stay bounded, and none is lost while there are fewer', async () => {
  const runId = await givenRun(database.db);
  await append(runId, 'loss', range(0, 40_000), range(0, 40_000).map((step) => (step >= 8000 && step < 8300 ? Number.NaN : step % 3)));
  const count = async (maxPoints: number) => (await ask({ runIds: [runId], maxPoints }))[0]!.points.values.filter(Number.isNaN).length;
  expect(await count(300)).toBe(300);
  expect(await count(2000)).toBe(300);
  expect(await count(16)).toBeLessThan(40);
  expect(await count(16)).toBeGreaterThan(1);
});

test('smoothed over every point from the first one on, however few of them are answered', async () => {
  const runId = await givenLongSeries();
  const { steps, times, values } = await readWhole(database.db, runId, 'loss');
  await append(runId, 'tokens', steps);
  const average = new Map(Array.from(smooth(Float64Array.from(values), 0.9), (value, index) => [steps[index]!, value]));
  const parts: Partial<SeriesQuestion>[] = [
    {}, { range: { from: 8000, to: 8100 } }, { range: { from: 28_000, to: 40_000 } },
    { xAxis: 'WALL_TIME', range: { from: times[8000]!, to: times[9000]! } }, { xAxis: 'RELATIVE_TIME', range: { from: 0, to: 900 } },
    { xAxis: 'METRIC', xKey: 'tokens', range: { from: 8000, to: 20_000 } },
  ];
  for (const part of parts) {
    for (const maxPoints of [10, 300, 50_000]) {
      const [answer] = await ask({ runIds: [runId], keys: ['loss'], smoothing: 0.9, maxPoints, ...part });
      const [without] = await ask({ runIds: [runId], keys: ['loss'], maxPoints, ...part });
      expect(answer).toMatchObject({ count: without!.count, complete: without!.complete, smoothedExactly: true });
      const { smoothed, ...points } = answer!.points;
      expect(points.steps.length).toBeGreaterThan(2);
      expect(smoothed).toEqual(points.steps.map((step) => average.get(step)));
    }
  }
}, 60_000);

test('a series too long to average every point is smoothed by its roll-up, and says so', async () => {
  const runId = await givenRun(database.db);
  const falling = (step: number) => Math.exp(-step / 50_000);
  for (let from = 0; from < 280_000; from += 70_000) await append(runId, 'loss', range(from, from + 70_000), range(from, from + 70_000).map(falling));
  await compact(runId);
  for (const part of [null, { from: 200_000, to: 200_050 }]) {
    const [answer] = await ask({ runIds: [runId], smoothing: 0.99, maxPoints: 100, range: part });
    const { steps, smoothed } = answer!.points as unknown as { steps: number[]; smoothed: number[] };
    expect(answer).toMatchObject({ smoothedExactly: false, complete: part !== null });
    // The average lags about a hundred points behind.
    smoothed.forEach((value, index) => expect(Math.abs(value / falling(steps[index]!) - 1)).toBeLessThan(0.01));
  }
}, 60_000);

test('over another metric: each point where that one stood at its step', async () => {
  const runId = await givenRun(database.db);
  await append(runId, 'loss', [1, 2, 3, 4, 5]);
  await append(runId, 'epoch', [2, 4], [10, 20]);
  expect(await ask({ runIds: [runId], keys: ['loss'], xAxis: 'METRIC', xKey: 'epoch' })).toMatchObject([{ key: 'loss', count: 4, complete: true, points: { steps: [2, 3, 4, 5], x: [10, 10, 20, 20] } }]);
  expect(await ask({ runIds: [runId], keys: ['loss', 'epoch'], xAxis: 'METRIC', xKey: 'epoch', range: { from: 15, to: 25 } })).toMatchObject([{ key: 'epoch', points: { steps: [4], x: [20] } }, { key: 'loss', points: { steps: [4, 5], x: [20, 20] } }]);
  expect(await ask({ runIds: [runId], keys: ['loss'], xAxis: 'METRIC', xKey: 'none' })).toMatchObject([{ key: 'loss', count: 0, points: { steps: [] } }]);
});

test('relative time counts from the first point of a run that never started', async () => {
  const runId = await givenRun(database.db);
  await append(runId, 'loss', [10, 20]);
  await append(runId, 'late', [30]);
  expect((await ask({ runIds: [runId], xAxis: 'RELATIVE_TIME' })).map(({ key, points }) => [key, points.x])).toEqual([['late', [2]], ['loss', [0, 1]]]);
  expect(await ask({ runIds: [runId], xAxis: 'RELATIVE_TIME', range: { from: 1, to: 9 } })).toMatchObject([{ key: 'late' }, { key: 'loss', points: { steps: [20] } }]);
});

test('a read sees every point once while compaction goes on', async () => {
  const runId = await givenRun(database.db);
  for (let from = 0; from < 20_000; from += 200) await append(runId, 'loss', range(from, from + 200));
  let done = false;
  const compacting = (async () => {
    for (let upTo = 0; upTo < batch * 2; upTo += 7) await compactSeries(database.db, (await database.db.select().from(metricSeries).where(eq(metricSeries.runId, runId)))[0]!.id, upTo, { partial: true });
    await compact(runId);
    done = true;
  })();
  let reads = 0;
  do {
    const [answer] = await ask({ runIds: [runId], maxPoints: 100 });
    expect(answer).toMatchObject({ count: 20_000, complete: false });
    expect([answer!.points.values[0], answer!.points.values.at(-1)]).toEqual([0, 19_999]);
    reads++;
  } while (!done);
  await compacting;
  expect(reads).toBeGreaterThan(2);
}, 60_000);

test('deleted runs are out of sight, and too large an answer is refused before it is read', async () => {
  const { db } = database;
  const runId = await givenRun(db, { deletedAt: new Date() });
  expect(await ask({ runIds: [runId] })).toEqual([]);
});
