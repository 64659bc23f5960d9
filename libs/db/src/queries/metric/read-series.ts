import { downsample, pickPoints, smooth, type Series } from '@thaw/series';
import type { PoolClient } from 'pg';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { findSeries, level, type Level, readBytes, readChunksAt, type SeriesFacts } from './series-chunks';
import { levelFor, type Range, SeriesView } from './series-view';
import { pipelined, together } from './statement';

export interface SeriesQuestion {
  runIds: readonly string[];
  /** Every key when null. */
  keys: readonly string[] | null;
  /** Of each series; what is not finite comes on top. */
  maxPoints: number;
  xAxis: 'STEP' | 'WALL_TIME' | 'RELATIVE_TIME' | 'METRIC';
  /** For METRIC: whose value is the position. */
  xKey: string | null;
  /** Of positions on the x axis, both ends included. */
  range: { from: number; to: number } | null;
  /** Weight of what came before in an average, 0 (none, the default) to below 1. */
  smoothing?: number;
}

export interface SeriesAnswer {
  runId: string;
  key: string;
  /** Points in the range, before downsampling. */
  count: number;
  /** Whether every one of them is there. */
  complete: boolean;
  /** Whether every point from the series' first one on has its part in the smoothed values; undefined without smoothing. */
  smoothedExactly?: boolean;
  points: Series & { x?: Float64Array; smoothed?: Float64Array };
}

export type ReadSeries = { ok: true; series: SeriesAnswer[] } | { ok: false; reason: 'TOO_MANY_SERIES' | 'TOO_MANY_POINTS'; found: number; most: number };

const mostSeries = 20_000;
/** Of a whole answer. */
const mostPoints = 10_000_000;
/** Where every point counts (smoothed, or on the axis of another metric) series are read point by point up to this length, the shortest first up to so many points in all; beyond that their roll-ups are. */
const mostExact = { ofOne: 262_144, ofAll: 4_000_000 };

/** Many runs and keys at once, each series as coarsely as its picture allows. Runs in the order asked for, keys by name. */
export async function readSeries(db: Database, question: SeriesQuestion): Promise<ReadSeries> {
  const client = await db.$client.connect();
  let broken = false;
  try {
    // One snapshot, so that compaction between two statements hides nothing.
    return await pipelined(client, () => within(client, question));
  } finally {
    await client.query('rollback').catch(() => (broken = true));
    client.release(broken);
  }
}

async function within(client: PoolClient, question: SeriesQuestion): Promise<ReadSeries> {
  const { runIds, keys, maxPoints, xAxis, xKey, range, smoothing = 0 } = question;
  const withX = xAxis === 'METRIC' && keys ? [...new Set([...keys, xKey!])] : keys;
  const [, found] = await together(client, () => [client.query('begin isolation level repeatable read read only'), findSeries(client, runIds.filter(isId), withX && [...withX], mostSeries)]);
  if (found.length > mostSeries) return { ok: false, reason: 'TOO_MANY_SERIES', found: found.length, most: mostSeries };
  const wanted = keys && new Set(keys);
  const asked = found.filter(({ key }) => !wanted || wanted.has(key));
  const answered = asked.reduce((sum, { count }) => sum + Math.min(count, maxPoints), 0);
  if (answered > mostPoints) return { ok: false, reason: 'TOO_MANY_POINTS', found: answered, most: mostPoints };

  const exact = xAxis === 'METRIC' || smoothing > 0 ? readExactly(found) : new Set<SeriesFacts>();
  const views = xAxis === 'METRIC' ? await readForJoin(client, found, exact) : await readForAxis(client, found, exact, question);
  const origins = xAxis === 'RELATIVE_TIME' ? originsOf(found, views) : null;
  const xSeries = new Map(xAxis === 'METRIC' ? found.filter(({ key }) => key === xKey).map((facts) => [facts.runId, views.get(facts)!.view.read(null).series]) : []);
  const answers = asked.map((facts): SeriesAnswer => {
    const { view, range: ofView } = views.get(facts)!;
    const part = view.read(ofView);
    const answer = { runId: facts.runId, key: facts.key, ...(xAxis === 'METRIC' ? joined(part, xSeries.get(facts.runId), range, maxPoints) : placed(part, maxPoints, xAxis === 'STEP' ? null : (origins?.get(facts.runId) ?? 0))) };
    return smoothing > 0 ? smoothed(answer, ofView ? view.read(null) : part, smoothing) : answer;
  });
  const order = new Map(runIds.map((id, index) => [id, index]));
  return { ok: true, series: answers.sort((a, b) => order.get(a.runId)! - order.get(b.runId)! || (a.key < b.key ? -1 : 1)) };
}

type Views = Map<SeriesFacts, { view: SeriesView; range: Range | null }>;

const whole = { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER };

/** Steps and times are found by what each chunk tells of its ends: only chunks in the range are read, as coarsely as will do. */
async function readForAxis(client: PoolClient, found: readonly SeriesFacts[], exact: ReadonlySet<SeriesFacts>, { maxPoints, xAxis, range, smoothing = 0 }: SeriesQuestion): Promise<Views> {
  const detail = Math.max(1, maxPoints / 4);
  const isTime = xAxis !== 'STEP';
  // A range may hold any part of a series, so first comes what tells which.
  const first = (facts: SeriesFacts): Level => (exact.has(facts) ? level.points : range ? (isTime ? level.extremes : level.none) : levelFor(facts.count, facts.count / 8192, detail));
  const steps = range && !isTime && smoothing === 0 ? { from: Math.max(whole.from, Math.ceil(range.from)), to: Math.min(whole.to, Math.floor(range.to)) } : whole;
  const chunks = await readChunksAt(client, found.map((facts) => ({ id: facts.id, level: first(facts) })), steps.from, steps.to);
  const views: Views = new Map(found.map((facts) => [facts, { view: new SeriesView(chunks.get(facts.id)!, first(facts)), range: null }]));
  const origins = xAxis === 'RELATIVE_TIME' && range ? originsOf(found, views) : null;
  const wishes = new Map<SeriesFacts, Level>();
  for (const [facts, held] of views) {
    if (range) held.range = { ...range, axis: isTime ? 'TIME' : 'STEP', origin: origins?.get(facts.runId) ?? 0 };
    const size = held.view.size(held.range);
    wishes.set(facts, range ? levelFor(size.count, size.chunks, detail) : first(facts));
  }
  await fetchWanted(client, views, (facts, view, of) => view.wanted(of, wishes.get(facts)!, maxPoints));
  // What lies before the range has its part in the average.
  if (smoothing > 0) await fetchWanted(client, views, (_, view) => view.wanted(null, level.rollup, 0));
  return views;
}

async function readForJoin(client: PoolClient, found: readonly SeriesFacts[], exact: ReadonlySet<SeriesFacts>): Promise<Views> {
  const wish = (facts: SeriesFacts) => (exact.has(facts) ? level.points : level.rollup);
  const chunks = await readChunksAt(client, found.map((facts) => ({ id: facts.id, level: wish(facts) })), whole.from, whole.to);
  const views: Views = new Map(found.map((facts) => [facts, { view: new SeriesView(chunks.get(facts.id)!, wish(facts)), range: null }]));
  await fetchWanted(client, views, (facts, view) => view.wanted(null, wish(facts), 0));
  return views;
}

function readExactly(found: readonly SeriesFacts[]): Set<SeriesFacts> {
  let points = 0;
  return new Set([...found].sort((a, b) => a.count - b.count).filter(({ count }) => count <= mostExact.ofOne && (points += count) <= mostExact.ofAll));
}

/** Twice at most: what the first round brought may tell that a chunk has more that is not finite than its roll-up holds. */
async function fetchWanted(client: PoolClient, views: Views, wanted: (facts: SeriesFacts, view: SeriesView, range: Range | null) => ReturnType<SeriesView['wanted']>): Promise<void> {
  for (let round = 0; round < 2; round++) {
    const missing = [...views].flatMap(([facts, { view, range }]) => wanted(facts, view, range).map((each) => ({ ...each, view, seriesId: facts.id, seq: each.chunk.seq })));
    if (missing.length === 0) return;
    const bytes = await readBytes(client, missing);
    for (const { view, chunk, level: read, seriesId, seq } of missing) view.add(chunk, bytes.get(`${seriesId} ${seq}`)!, read);
  }
}

/** Seconds since 1970: when each run started, or else its first point. */
function originsOf(found: readonly SeriesFacts[], views: Views): Map<string, number> {
  const origins = new Map<string, number>();
  for (const facts of found) {
    const first = facts.startedAt ?? views.get(facts)!.view.firstTime;
    if (first !== null) origins.set(facts.runId, Math.min(first, origins.get(facts.runId) ?? Number.POSITIVE_INFINITY));
  }
  return origins;
}

type Part = ReturnType<SeriesView['read']>;
type Drawn = Omit<SeriesAnswer, 'runId' | 'key'>;

/** origin: where the axis of times begins; null for steps. */
function placed({ series, weights, count }: Part, maxPoints: number, origin: number | null): Drawn {
  const points = downsample(series, maxPoints, weights);
  return { count, complete: points.steps.length === count, points: origin === null ? points : { ...points, x: points.times.map((time) => time - origin) } };
}

/** Each point where the other metric stood at its step, or last before it; points before the other began have no place. */
function joined({ series, count: stored }: Part, xSeries: Series | undefined, range: SeriesQuestion['range'], maxPoints: number): Drawn {
  const kept: number[] = [];
  const positions: number[] = [];
  let at = -1;
  for (let index = 0; xSeries && index < series.steps.length; index++) {
    while (at + 1 < xSeries.steps.length && xSeries.steps[at + 1]! <= series.steps[index]!) at++;
    if (at < 0) continue;
    const x = xSeries.values[at]!;
    if (range && !(x >= range.from && x <= range.to)) continue;
    kept.push(index);
    positions.push(x);
  }
  const inside = pickPoints(series, kept);
  const points = downsample(inside, maxPoints);
  const x = atSteps(points.steps, inside.steps, positions);
  const isWhole = series.steps.length === stored;
  return { count: isWhole ? kept.length : stored, complete: isWhole && points.steps.length === kept.length, points: { ...points, x } };
}

/** With the average of all points of the series, at those that are answered. */
function smoothed(answer: SeriesAnswer, { series, weights, count }: Part, smoothing: number): SeriesAnswer {
  const values = atSteps(answer.points.steps, series.steps, smooth(series.values, smoothing, weights));
  return { ...answer, smoothedExactly: series.steps.length === count, points: { ...answer.points, smoothed: values } };
}

/** The column of a series at some of its steps. Both rise, so each is found where the one before was. */
function atSteps(some: Float64Array, steps: Float64Array, column: ArrayLike<number>): Float64Array {
  let from = 0;
  return some.map((step) => {
    while (steps[from]! < step) from++;
    return column[from]!;
  });
}
