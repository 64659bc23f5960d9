import { bestIndexes, sortMetricKeys } from './metric-keys';
import { encodeFloats } from '@thaw/series';
import { alignPoints, decodePoints, mergePoints, type Points } from './points';
import { markFill, paletteSize, ranks, runMark } from './run-mark';

const points = (steps: number[], values: number[]): Points => ({ steps: Float64Array.from(steps), values: Float64Array.from(values) });

test('appended points join in order of step, a step logged again supersedes', () => {
  const held = points([1, 2, 3], [0.1, 0.2, 0.3]);
  expect(mergePoints(held, points([4], [0.4]))).toEqual(points([1, 2, 3, 4], [0.1, 0.2, 0.3, 0.4]));
  expect(mergePoints(held, points([3, 2, 5], [3, 2, 5]))).toEqual(points([1, 2, 3, 5], [0.1, 2, 3, 5]));
  expect(held.steps).toEqual(Float64Array.of(1, 2, 3));
});

test('positions are appended and superseded with their points', () => {
  const held = { ...points([1, 2], [1, 2]), x: Float64Array.of(10, 20), partial: true };
  expect(mergePoints(held, { ...points([2, 3], [5, 6]), x: Float64Array.of(21, 30) })).toEqual({ ...points([1, 2, 3], [1, 5, 6]), x: Float64Array.of(10, 21, 30), partial: true });
});

test('non-finite values survive the wire in either encoding and leave a gap in the chart', () => {
  const decoded = decodePoints({ steps: [1, 2, 3], values: [1, 'NaN', 'Infinity'] });
  expect(decoded.values).toEqual(Float64Array.of(1, Number.NaN, Number.POSITIVE_INFINITY));
  expect(decodePoints({ steps: encodeFloats(decoded.steps), values: encodeFloats(decoded.values) })).toEqual(decoded);
  expect(alignPoints([decoded]).columns).toEqual([[1, null, null]]);
});

test('series of different lengths share one axis', () => {
  const { steps, columns } = alignPoints([points([1, 3], [10, 30]), points([2, 3], [2, 3])]);
  expect(steps).toEqual([1, 2, 3]);
  expect(columns).toEqual([[10, null, 30], [null, 2, 3]]);
});

test('a run keeps its mark when newer runs arrive', () => {
  const before = ranks(['b', 'a'], 2);
  const after = ranks(['c', 'b', 'a'], 3);
  expect(after.get('a')).toBe(before.get('a'));
  expect(after.get('b')).toBe(before.get('b'));
});

test('runs beyond the palette differ by their dashes', () => {
  const marks = Array.from({ length: paletteSize * 3 }, (_, rank) => runMark(rank));
  expect(new Set(marks.map((mark) => JSON.stringify(mark))).size).toBe(marks.length);
});

test('the mark of a dashed line is a piece of it', () => {
  expect(markFill(runMark(1))).toBe('var(--run-1)');
  expect(markFill(runMark(paletteSize + 1))).toBe('repeating-linear-gradient(90deg, var(--run-1) 0px 4.2px, transparent 4.2px 7px)');
});

test('keys are sorted for reading and the best value follows the meaning of the key', () => {
  expect(sortMetricKeys(['system/x', 'lr', 'train/loss', 'val/f1', 'val/accuracy'])).toEqual(['val/accuracy', 'train/loss', 'val/f1', 'lr', 'system/x']);
  expect([...bestIndexes('val/loss', [0.5, 0.3, null, 0.3])]).toEqual([1, 3]);
  expect([...bestIndexes('val/accuracy', [0.5, 0.9])]).toEqual([1]);
  expect(bestIndexes('lr', [1, 2]).size).toBe(0);
});
