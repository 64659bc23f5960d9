/** Points of one segment: 1.8 MB, allocated in a fraction of a millisecond. */
export const segmentPoints = 65_536;
const headerBytes = 8;
const bytes = headerBytes + segmentPoints * (8 + 8 + 8 + 4);

/** Columns in memory that both threads see. The header counts the points that are complete. */
class Segment {
  readonly published: Int32Array;
  readonly steps: Float64Array;
  readonly times: Float64Array;
  readonly values: Float64Array;
  readonly series: Int32Array;

  constructor(readonly memory: SharedArrayBuffer) {
    const column = (index: number) => new Float64Array(memory, headerBytes + index * segmentPoints * 8, segmentPoints);
    this.published = new Int32Array(memory, 0, 1);
    this.steps = column(0);
    this.times = column(1);
    this.values = column(2);
    this.series = new Int32Array(memory, headerBytes + 3 * segmentPoints * 8, segmentPoints);
  }
}

/** The script's end: an append is four stores, whatever the worker is doing, and needs no event loop to be seen. */
export class PointWriter {
  #segment: Segment | undefined;
  #count = 0;
  #segments = 0;

  /** `readSegments` tells how many segments the reader is through; beyond `mostSegments` unread ones points are refused. */
  constructor(readonly announce: (memory: SharedArrayBuffer) => void, readonly readSegments: () => number, readonly mostSegments: number) {}

  append(series: number, step: number, time: number, value: number): boolean {
    if (this.#segment === undefined || this.#count === segmentPoints) {
      if (this.#segments - this.readSegments() >= this.mostSegments) return false;
      this.#segment = new Segment(new SharedArrayBuffer(bytes));
      this.#segments += 1;
      this.#count = 0;
      this.announce(this.#segment.memory);
    }
    const segment = this.#segment;
    const index = this.#count++;
    segment.series[index] = series;
    segment.steps[index] = step;
    segment.times[index] = time;
    segment.values[index] = value;
    Atomics.store(segment.published, 0, this.#count);
    return true;
  }
}

/** The worker's end. */
export class PointReader {
  #segments: Segment[] = [];
  #position = 0;

  constructor(readonly onSegmentRead: () => void) {}

  add(memory: SharedArrayBuffer): void {
    this.#segments.push(new Segment(memory));
  }

  /** Hands over every complete point, until `take` says that it does not know the series yet: then false. */
  read(take: (series: number, step: number, time: number, value: number) => boolean): boolean {
    for (let segment = this.#segments[0]; segment; segment = this.#segments[0]) {
      const { series, steps, times, values } = segment;
      const published = Atomics.load(segment.published, 0);
      for (; this.#position < published; this.#position++) {
        const index = this.#position;
        if (!take(series[index]!, steps[index]!, times[index]!, values[index]!)) return false;
      }
      if (published < segmentPoints) return true;
      this.#segments.shift();
      this.#position = 0;
      this.onSegmentRead();
    }
    return true;
  }
}
