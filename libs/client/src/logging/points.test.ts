import { Worker } from 'node:worker_threads';
import { PointReader, PointWriter, segmentPoints } from './points';

type Point = [series: number, step: number, time: number, value: number];

function connected(mostSegments = 10) {
  const read: Point[] = [];
  let through = 0;
  const reader = new PointReader(() => { through += 1; });
  const writer = new PointWriter((memory) => reader.add(memory), () => through, mostSegments);
  return { writer, reader, read, take: (...point: Point) => read.push(point) > 0 };
}

test('points come out as they went in, across segments, NaN and infinities among them', () => {
  const { writer, reader, read, take } = connected();
  const points: Point[] = Array.from({ length: segmentPoints + 10 }, (_, index) => [index % 7, index - 5, index / 3, [Number.NaN, Number.NEGATIVE_INFINITY, index][index % 3]!]);
  for (const [index, point] of points.entries()) {
    writer.append(...point);
    if (index % 10_000 === 0) reader.read(take);
  }
  expect(reader.read(take)).toBe(true);
  expect(read).toEqual(points);
});

test('reading stops at a series that is not known yet, and goes on there', () => {
  const { writer, reader, read, take } = connected();
  writer.append(1, 0, 0, 10);
  writer.append(2, 0, 0, 20);
  expect(reader.read((series, ...rest) => series === 1 && take(series, ...rest))).toBe(false);
  expect(read).toEqual([[1, 0, 0, 10]]);
  expect(reader.read(take)).toBe(true);
  expect(read).toEqual([[1, 0, 0, 10], [2, 0, 0, 20]]);
});

test('unread points take no more memory than allowed; the rest is refused until some are read', () => {
  const { writer, reader, read, take } = connected(2);
  let taken = 0;
  while (writer.append(1, taken, 0, 0)) taken += 1;
  expect(taken).toBe(2 * segmentPoints);
  reader.read(take);
  expect(writer.append(1, 0, 0, 0)).toBe(true);
  expect(read).toHaveLength(taken);
});

test('another thread sees them while this one never yields', () => {
  const { memory, seen } = { memory: [] as SharedArrayBuffer[], seen: new Int32Array(new SharedArrayBuffer(4)) };
  const writer = new PointWriter((segment) => memory.push(segment), () => 0, 1);
  writer.append(1, 0, 0, 42);
  const worker = new Worker(`const { workerData: { memory, seen } } = require('node:worker_threads');
    const published = new Int32Array(memory, 0, 1);
    while (Atomics.load(published, 0) < 3) Atomics.wait(seen, 0, 0, 1);
    Atomics.store(seen, 0, 1); Atomics.notify(seen, 0);`, { eval: true, workerData: { memory: memory[0], seen } });
  writer.append(1, 1, 0, 43);
  writer.append(1, 2, 0, 44);
  expect(Atomics.wait(seen, 0, 0, 20_000)).not.toBe('timed-out');
  return worker.terminate();
});
