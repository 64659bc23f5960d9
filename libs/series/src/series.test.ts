import { decodePoints, encodeFloats, encodePoints, mergeChunks, parseColumns, slicePoints, summarize, type Chunk, type Series } from './index';

const floats = (numbers: number[]) => Float64Array.from(numbers);
const chunk = (claim: number, steps: number[], values = steps.map((step) => step + claim / 10)): Chunk => ({ claim, steps: floats(steps), values: floats(values), times: floats(steps.map((step) => 1000 + step)) });
const plain = ({ steps, times, values }: Series) => ({ steps: [...steps], times: [...times], values: [...values] });

test('non-finite values survive JSON', () => {
  const points = { steps: [1, 2, 3, 4], times: [1, 2, 3, 4], values: [0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] };
  expect(plain(decodePoints(JSON.parse(JSON.stringify(encodePoints(decodePoints(points as never))))))).toEqual(points);
});

test('a claim that starts over replaces the one before; one that resumes keeps its beginning', () => {
  const values = (chunks: Chunk[]) => [...mergeChunks(chunks).values];
  expect(values([chunk(1, [1, 2, 3]), chunk(2, [1]), chunk(2, [2])])).toEqual([1.2, 2.2]);
  expect(values([chunk(1, [1, 2, 3]), chunk(2, [3, 4])])).toEqual([1.1, 2.1, 3.2, 4.2]);
  expect(values([chunk(1, [1, 2, 3, 4]), chunk(2, [4]), chunk(3, [2])])).toEqual([1.1, 2.3]);
});

test('steps out of order are sorted and a step logged again replaces itself', () => {
  expect(plain(mergeChunks([chunk(1, [5, 1]), chunk(1, [3]), chunk(1, [1], [9])]))).toEqual({ steps: [1, 3, 5], times: [1001, 1003, 1005], values: [9, 3.1, 5.1] });
});

test('a summary continued in parts equals one made at once', () => {
  const values = [3, Number.NaN, 1, 7, Number.POSITIVE_INFINITY, 1, 2];
  const whole = chunk(1, values.map((_, index) => index + 1), values);
  const atOnce = summarize(whole);
  expect(atOnce).toEqual({ count: 7, last: 2, lastStep: 7, min: 1, minStep: 3, max: 7, maxStep: 4 });
  expect(summarize(slicePoints(whole, 4), summarize(slicePoints(whole, 0, 4)))).toEqual(atOnce);
  expect(summarize(chunk(1, [1], [Number.NaN]))).toMatchObject({ count: 1, last: Number.NaN, min: null, max: null });
});

test('columns from outside: every problem is named', () => {
  const parsed = parseColumns({ key: 'a', steps: [1, -0], values: ['NaN', 2] }, 5);
  expect(parsed).toEqual({ ok: true, series: { key: 'a', timed: false, steps: floats([1, 0]), times: floats([5, 5]), values: floats([Number.NaN, 2]) } });
  const problems = (input: unknown) => {
    const result = parseColumns(input, 0);
    return result.ok ? [] : result.problems.map(({ field }) => field);
  };
  expect(problems({ key: '', steps: [1.5], times: ['x'], values: [null], extra: 1 })).toEqual(['extra', 'key', 'steps.0', 'times.0', 'values.0']);
  expect(problems({ key: 'a', steps: [1, 2], times: [1, 2], values: [1] })).toEqual(['steps']);
  expect(problems({ key: 'a', steps: [2 ** 53], values: [1] })).toEqual(['steps.0']);
  expect(problems({ key: 'a', steps: { 0: 1 }, values: [1] })).toEqual(['steps']);
  expect(problems([1])).toEqual(['']);
});

test('a column may come as base64 of float64, and is checked like an array', () => {
  const columns = { key: 'a', steps: encodeFloats(floats([1, 2, 3])), times: encodeFloats(floats([10, 20, 30])), values: encodeFloats(floats([0.1, Number.NaN, Number.NEGATIVE_INFINITY])) };
  expect(parseColumns(columns, 0)).toEqual({ ok: true, series: { key: 'a', timed: true, steps: floats([1, 2, 3]), times: floats([10, 20, 30]), values: floats([0.1, Number.NaN, Number.NEGATIVE_INFINITY]) } });
  const problem = (change: object) => {
    const result = parseColumns({ ...columns, ...change }, 0);
    return result.ok ? null : result.problems[0];
  };
  expect(problem({ steps: encodeFloats(floats([1, 2.5, 3])) })).toEqual({ field: 'steps.1', message: 'steps[1] is 2.5. It must be one of whole numbers.' });
  expect(problem({ times: encodeFloats(floats([1, Number.NaN, 3])) })).toMatchObject({ field: 'times.1', message: expect.stringContaining('is NaN') });
  for (const values of ['@@@@@@@@@@@', 'AAAA', 'not base64!', `${columns.values}A`]) expect(problem({ values })).toMatchObject({ field: 'values', message: expect.stringContaining('base64') });
});

test('a key has 1 to 512 bytes and nothing that a screen or a database cannot show', () => {
  const isKey = (key: unknown) => parseColumns({ key, steps: [], values: [] }, 0).ok;
  for (const key of ['a', 'x'.repeat(512), 'é'.repeat(256), '損失/値', '😀'.repeat(128)]) expect(isKey(key)).toBe(true);
  for (const key of ['', '  ', 7, null, 'x'.repeat(513), 'é'.repeat(257), '😀'.repeat(129), 'a\nb', 'a\u0000', '\ud800', 'a\udc00b']) expect(isKey(key)).toBe(false);
});
