import { before, claimLimits, countNonFinite, findStep, greatestOf, leastOf, mergeSeries, mostInExtremes, mostInRollup, pickPoints, rollupBucket, unpackSeries, type Series } from '@thaw/series';
import { type ChunkOfSeries, type Level, level } from './series-chunks';

/** Where points lie on the axis that a range is given on: their steps, or their times. */
export type Axis = 'STEP' | 'TIME';

export interface Range {
  axis: Axis;
  /** Where the axis begins, in seconds since 1970; positions are told, and compared, as distances from there. */
  origin: number;
  from: number;
  to: number;
}

/** Of a whole series, which is as long as this: the coarsest level that still shows `detail` places of the curve. */
export function levelFor(count: number, chunks: number, detail: number): Level {
  if (chunks >= detail) return level.extremes;
  return count >= detail * rollupBucket ? level.rollup : level.points;
}

interface Piece {
  series: Series;
  /** Points that the piece stands for. */
  count: number;
}

/** What is known of one series, and what is still to be read for an answer. */
export class SeriesView {
  private readonly limits: ReadonlyMap<number, number>;
  /** Small chunks, merged: they override the large ones. */
  private readonly recent: Series;
  private readonly large: ChunkOfSeries[];
  private readonly levels = new Map<ChunkOfSeries, Level>();
  private readonly unpacked = new Map<ChunkOfSeries, Series>();

  constructor(chunks: readonly ChunkOfSeries[], read: Level) {
    this.limits = claimLimits(chunks);
    this.recent = mergeSeries(chunks.flatMap((chunk) => (!chunk.compacted && chunk.bytes ? [before(unpackSeries(chunk.bytes), this.limits.get(chunk.claim)!)] : [])));
    this.large = chunks.filter((chunk) => chunk.compacted && chunk.firstStep < this.limits.get(chunk.claim)!).sort((a, b) => a.firstStep - b.firstStep);
    for (const chunk of this.large) if (chunk.bytes) this.levels.set(chunk, read);
  }

  /** Time of the lowest step, once extremes or more have been read. */
  get firstTime(): number | null {
    const first = this.large[0];
    const { steps, times } = first && (this.recent.steps.length === 0 || first.firstStep < this.recent.steps[0]!) ? this.points(first) : this.recent;
    return steps.length > 0 ? times[0]! : null;
  }

  /** Large chunks with points in the range; for a range of times extremes must have been read. */
  private within(range: Range | null): ChunkOfSeries[] {
    if (!range) return this.large;
    return this.large.filter((chunk) => {
      const [first, last] = this.bounds(chunk, range);
      return last >= range.from && first <= range.to;
    });
  }

  private bounds(chunk: ChunkOfSeries, { axis, origin }: Range): [first: number, last: number] {
    if (axis === 'STEP') return [chunk.firstStep, chunk.lastStep];
    const { times } = this.points(chunk);
    return [leastOf(times) - origin, greatestOf(times) - origin];
  }

  private points(chunk: ChunkOfSeries): Series {
    let points = this.unpacked.get(chunk);
    if (!points) this.unpacked.set(chunk, (points = unpackSeries(chunk.bytes!)));
    return points;
  }

  /** How long the series is in the range, roughly. */
  size(range: Range | null): { count: number; chunks: number } {
    const large = this.within(range);
    const recent = range ? inside(this.recent, range) : this.recent;
    return { count: large.reduce((sum, { count }) => sum + count, recent.steps.length), chunks: large.length };
  }

  /** Chunks to be read, and how finely, before points() is right. */
  wanted(range: Range | null, wish: Level, maxPoints: number): { chunk: ChunkOfSeries; level: Level }[] {
    const large = this.within(range);
    const wanted: { chunk: ChunkOfSeries; level: Level }[] = [];
    const shortened: ChunkOfSeries[] = [];
    let nonFinite = countNonFinite(this.recent.values);
    for (const chunk of large) {
      const has = this.levels.get(chunk);
      if (has === level.points) continue;
      if (wish === level.points || this.isTouched(chunk, range)) wanted.push({ chunk, level: level.points });
      else if (has !== wish) wanted.push({ chunk, level: wish });
      else {
        const lost = countNonFinite(this.points(chunk).values);
        nonFinite += lost;
        if (lost > (wish === level.rollup ? mostInRollup : mostInExtremes)) shortened.push(chunk);
      }
    }
    // Every value that is not finite is shown while they are no more than points were asked for.
    if (nonFinite <= maxPoints) wanted.push(...shortened.map((chunk) => ({ chunk, level: level.points })));
    return wanted;
  }

  /** A part of its points does not count: they were logged again, superseded, or lie outside the range. */
  private isTouched(chunk: ChunkOfSeries, range: Range | null): boolean {
    if (chunk.lastStep >= this.limits.get(chunk.claim)!) return true;
    if (findStep(this.recent.steps, chunk.firstStep) < findStep(this.recent.steps, chunk.lastStep + 1)) return true;
    if (!range) return false;
    const [first, last] = this.bounds(chunk, range);
    return first < range.from || last > range.to;
  }

  add(chunk: ChunkOfSeries, bytes: Buffer, read: Level): void {
    chunk.bytes = bytes;
    this.levels.set(chunk, read);
    this.unpacked.delete(chunk);
  }

  /** What was read of the range, by step; weights tell how many points each stands for. */
  read(range: Range | null): { series: Series; weights: Float64Array; count: number } {
    const pieces: Piece[] = [];
    const exact: Series[] = [];
    for (const chunk of this.within(range)) {
      const points = this.points(chunk);
      if (this.isTouched(chunk, range)) exact.push(before(points, this.limits.get(chunk.claim)!));
      else pieces.push({ series: points, count: chunk.count });
    }
    const merged = mergeSeries([...exact, this.recent]);
    const series = range ? inside(merged, range) : merged;
    return join(series.steps.length > 0 ? [...pieces, { series, count: series.steps.length }] : pieces);
  }
}

function inside(series: Series, { axis, origin, from, to }: Range): Series {
  const column = axis === 'STEP' ? series.steps : series.times;
  const kept: number[] = [];
  for (let index = 0; index < column.length; index++) if (column[index]! - origin >= from && column[index]! - origin <= to) kept.push(index);
  return kept.length === column.length ? series : pickPoints(series, kept);
}

function join(pieces: readonly Piece[]): { series: Series; weights: Float64Array; count: number } {
  const length = pieces.reduce((sum, { series }) => sum + series.steps.length, 0);
  const joined: Series = { steps: new Float64Array(length), times: new Float64Array(length), values: new Float64Array(length) };
  const weights = new Float64Array(length);
  let at = 0;
  let rising = true;
  for (const { series, count } of pieces) {
    if (at > 0 && series.steps[0]! <= joined.steps[at - 1]!) rising = false;
    joined.steps.set(series.steps, at);
    joined.times.set(series.times, at);
    joined.values.set(series.values, at);
    weights.fill(count / series.steps.length, at, (at += series.steps.length));
  }
  const count = pieces.reduce((sum, piece) => sum + piece.count, 0);
  if (rising) return { series: joined, weights, count };
  const order = Uint32Array.from(weights, (_, index) => index).sort((a, b) => joined.steps[a]! - joined.steps[b]!);
  return { series: pickPoints(joined, order), weights: Float64Array.from(order, (index) => weights[index]!), count };
}
