import fc from 'fast-check';
import { bytesOf, DamagedSeries, decodeFloats, encodeFloats, packSeries, unpackSeries, type Series } from './index';

const count = fc.integer({ min: 0, max: 300 });
const column = (numbers: fc.Arbitrary<number>) => (length: number) => fc.array(numbers, { minLength: length, maxLength: length }).map((array) => Float64Array.from(array));
const anyNumber = fc.oneof(fc.double(), fc.constantFrom(0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.MIN_VALUE, Number.MAX_VALUE));
const arbitraries = {
  steps: [fc.maxSafeInteger(), fc.integer({ min: -5, max: 1000 }), fc.constantFrom(Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 0)],
  times: [fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 0, max: 2e12 }).map((ms) => ms / 1000), fc.integer({ min: 1.7e15, max: 1.8e15 }).map((us) => us / 1e6), fc.constant(1.7e9)],
  values: [anyNumber, fc.float(), fc.constant(0.1), fc.integer()],
};
const series: fc.Arbitrary<Series> = count.chain((length) =>
  fc.record({
    steps: fc.oneof(...arbitraries.steps.map((each) => column(each)(length)), fc.tuple(fc.integer(), fc.integer({ min: 1, max: 1e6 })).map(([start, by]) => Float64Array.from({ length }, (_, index) => start + by * index))),
    times: fc.oneof(...arbitraries.times.map((each) => column(each)(length))),
    values: fc.oneof(...arbitraries.values.map((each) => column(each)(length))),
  }),
);
/** As the first release stored it. */
const packRaw = ({ steps, times, values }: Series): Uint8Array => Uint8Array.of(0, ...bytesOf(steps), ...bytesOf(times), ...bytesOf(values));
const packings: ((series: Series) => Uint8Array)[] = [packRaw, (each) => packSeries(each), (each) => packSeries(each, { compact: true })];

/** toEqual tells -0 from 0 and takes NaN for itself. */
const same = (a: Series, b: Series) => expect({ steps: [...a.steps], times: [...a.times], values: [...a.values] }).toEqual({ steps: [...b.steps], times: [...b.times], values: [...b.values] });

test('any series comes back exactly from any format', () => {
  fc.assert(fc.property(series, (given) => {
    for (const pack of packings) {
      const packed = pack(given);
      same(unpackSeries(packed), given);
      // Postgres' driver gives Buffers, which lie anywhere in a larger one.
      same(unpackSeries(Buffer.concat([Buffer.from('x'), packed]).subarray(1)), given);
    }
  }), { numRuns: 300 });
});

test('numbers that no run logs come back too', () => {
  fc.assert(fc.property(count.chain((length) => column(anyNumber)(length)), (numbers) => {
    for (const compact of [false, true]) same(unpackSeries(packSeries({ steps: numbers, times: numbers, values: numbers }, { compact })), { steps: numbers, times: numbers, values: numbers });
  }), { numRuns: 200 });
});

test('damage is told, whichever byte is hit and wherever the bytes end', () => {
  fc.assert(fc.property(series.filter(({ steps }) => steps.length > 0), fc.boolean(), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.integer({ min: 1, max: 255 }), (given, compact, where, change) => {
    const packed = packSeries(given, { compact });
    const at = Math.floor(where * packed.length);
    expect(() => unpackSeries(packed.subarray(0, at))).toThrow(DamagedSeries);
    if (at === 0) return;
    const hit = packed.slice();
    hit[at]! ^= change;
    expect(() => unpackSeries(hit)).toThrow(DamagedSeries);
  }), { numRuns: 300 });
});

test('what is no packed series at all is told', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }).filter((bytes) => bytes[0] !== 0), (bytes) => {
    expect(() => unpackSeries(bytes)).toThrow(DamagedSeries);
  }));
  expect(() => unpackSeries(Uint8Array.of(0, 1, 2))).toThrow('cut off');
  expect(() => unpackSeries(Uint8Array.of(9))).toThrow('newer Thaw');
  const raw = packRaw({ steps: Float64Array.of(1), times: Float64Array.of(2), values: Float64Array.of(3) });
  raw[1] = 77;
  expect(() => unpackSeries(raw)).toThrow('damaged');
});

test('a training curve takes less than five bytes a point', () => {
  const steps = Float64Array.from({ length: 4096 }, (_, index) => index);
  const times = steps.map((step) => (1_700_000_000_000 + step * 100 + ((step * 7919) % 23)) / 1000);
  const values = steps.map((step) => Math.fround(0.3 + 2 * Math.exp(-step / 800) + 0.05 * Math.sin(step * step)));
  expect(packSeries({ steps, times, values }, { compact: true }).length).toBeLessThan(5 * 4096);
  expect(packSeries({ steps: steps.subarray(0, 100), times: times.subarray(0, 100), values: values.subarray(0, 100) }).length).toBeLessThan(700);
});

test('base64 of floats is what Node writes, with or without padding', () => {
  fc.assert(fc.property(fc.array(anyNumber, { maxLength: 50 }), (numbers) => {
    const floats = Float64Array.from(numbers);
    const text = encodeFloats(floats);
    expect(text).toBe(Buffer.from(floats.buffer).toString('base64'));
    for (const each of [text, text.replace(/=+$/, '')]) expect([...decodeFloats(each)!]).toEqual(numbers);
  }));
  for (const text of ['A', 'AAA', 'AAAAAAAAAAA==', 'AAAAAAAAAA€=', '=', '====', 'AAAAAAAAAAA-']) expect(decodeFloats(text)).toBeUndefined();
});
