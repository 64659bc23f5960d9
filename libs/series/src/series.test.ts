import { downsample, encodePoints, decodePoints, mergeChunks, packNumbers, parseColumns, summarize, unpackNumbers, type Chunk } from './index';

const awkward = [0, -0, 1, -1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.MAX_SAFE_INTEGER, Number.MIN_VALUE, Math.PI];
const chunk = (claim: number, steps: number[], values = steps.map((step) => step + claim / 10)): Chunk => ({ claim, steps, values, times: steps.map((step) => 1000 + step) });

test('packed numbers come back exactly, from an unaligned slice too', () => {
  const packed = packNumbers(awkward);
  expect(packed).toHaveLength(awkward.length * 8);
  expect(unpackNumbers(packed)).toEqual(awkward);
  const shifted = new Uint8Array(packed.length + 3);
  shifted.set(packed, 3);
  expect(unpackNumbers(shifted.subarray(3))).toEqual(awkward);
  expect(Buffer.from(packNumbers([1])).toString('hex')).toBe('000000000000f03f');
  expect(() => unpackNumbers(packed.subarray(1))).toThrow('multiple of 8');
});

test('non-finite values survive JSON', () => {
  const points = { steps: [1, 2, 3, 4], times: [1, 2, 3, 4], values: [0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] };
  expect(decodePoints(JSON.parse(JSON.stringify(encodePoints(points))))).toEqual(points);
});

test('a claim that starts over replaces the one before; one that resumes keeps its beginning', () => {
  expect(mergeChunks([chunk(1, [1, 2, 3]), chunk(2, [1]), chunk(2, [2])]).values).toEqual([1.2, 2.2]);
  expect(mergeChunks([chunk(1, [1, 2, 3]), chunk(2, [3, 4])]).values).toEqual([1.1, 2.1, 3.2, 4.2]);
  expect(mergeChunks([chunk(1, [1, 2, 3, 4]), chunk(2, [4]), chunk(3, [2])]).values).toEqual([1.1, 2.3]);
});

test('steps out of order are sorted and a step logged again replaces itself', () => {
  expect(mergeChunks([chunk(1, [5, 1]), chunk(1, [3]), chunk(1, [1], [9])])).toEqual({ steps: [1, 3, 5], times: [1001, 1003, 1005], values: [9, 3.1, 5.1] });
});

test('a summary continued in parts equals one made at once', () => {
  const values = [3, Number.NaN, 1, 7, Number.POSITIVE_INFINITY, 1, 2];
  const whole = chunk(1, values.map((_, index) => index + 1), values);
  const slice = (from: number, to?: number) => ({ steps: whole.steps.slice(from, to), times: whole.times.slice(from, to), values: whole.values.slice(from, to) });
  const atOnce = summarize(whole);
  expect(atOnce).toEqual({ count: 7, last: 2, lastStep: 7, min: 1, minStep: 3, max: 7, maxStep: 4 });
  expect(summarize(slice(4), summarize(slice(0, 4)))).toEqual(atOnce);
  expect(summarize(chunk(1, [1], [Number.NaN]))).toMatchObject({ count: 1, last: Number.NaN, min: null, max: null });
});

test('downsampling keeps extremes, ends and every non-finite value', () => {
  const values = Array.from({ length: 10_000 }, (_, index) => Math.sin(index / 50));
  values[1234] = 50;
  values[4321] = -50;
  values[777] = Number.NaN;
  values[778] = Number.NEGATIVE_INFINITY;
  const series = chunk(1, values.map((_, index) => index), values);
  const small = downsample(series, 100);
  expect(small.steps.length).toBeLessThanOrEqual(102);
  expect(small.steps.length).toBeGreaterThan(90);
  expect(small.steps).toEqual([...small.steps].sort((a, b) => a - b));
  for (const step of [0, 777, 778, 1234, 4321, 9999]) expect(small.steps).toContain(step);
  small.steps.forEach((step, index) => expect(small.values[index]).toBe(values[step]));
  expect(downsample(series, 20_000)).toBe(series);
  for (const maxPoints of [1, 2, 3]) expect(downsample(chunk(1, [1, 2, 3, 4, 5]), maxPoints).steps.length).toBeLessThanOrEqual(maxPoints);
});

test('columns from outside: every problem is named', () => {
  expect(parseColumns({ key: 'a', steps: [1], values: ['NaN'] }, 5)).toEqual({ ok: true, series: { key: 'a', steps: [1], times: [5], values: [Number.NaN] } });
  const fields = (input: unknown) => {
    const result = parseColumns(input, 0);
    return result.ok ? [] : result.problems.map(({ field }) => field);
  };
  expect(fields({ key: '', steps: [1.5], times: ['x'], values: [null], extra: 1 })).toEqual(['extra', 'key', 'steps.0', 'times.0', 'values.0']);
  expect(fields({ key: 'a', steps: [1, 2], times: [1, 2], values: [1] })).toEqual(['steps']);
  expect(fields([1])).toEqual(['']);
});
