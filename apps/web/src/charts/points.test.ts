import { bestIndexes, sortMetricKeys } from './metric-keys';
import { alignPoints, decodePoints, mergePoints } from './points';
import { paletteSize, ranks, runMark } from './run-mark';

test('appended points join in order of step, a step logged again supersedes', () => {
  const held = { steps: [1, 2, 3], values: [0.1, 0.2, 0.3] };
  expect(mergePoints(held, { steps: [4], values: [0.4] })).toEqual({ steps: [1, 2, 3, 4], values: [0.1, 0.2, 0.3, 0.4] });
  expect(mergePoints(held, { steps: [3, 2, 5], values: [3, 2, 5] })).toEqual({ steps: [1, 2, 3, 5], values: [0.1, 2, 3, 5] });
  expect(held.steps).toEqual([1, 2, 3]);
});

test('non-finite values survive the wire and leave a gap in the chart', () => {
  const points = decodePoints({ steps: [1, 2, 3], times: [0, 1, 2], values: [1, 'NaN', 'Infinity'] });
  expect(points.values).toEqual([1, Number.NaN, Number.POSITIVE_INFINITY]);
  expect(alignPoints([points]).columns).toEqual([[1, null, null]]);
});

test('series of different lengths share one axis', () => {
  const { steps, columns } = alignPoints([{ steps: [1, 3], values: [10, 30] }, { steps: [2, 3], values: [2, 3] }]);
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

test('keys are sorted for reading and the best value follows the meaning of the key', () => {
  expect(sortMetricKeys(['system/x', 'lr', 'train/loss', 'val/f1', 'val/accuracy'])).toEqual(['val/accuracy', 'train/loss', 'val/f1', 'lr', 'system/x']);
  expect([...bestIndexes('val/loss', [0.5, 0.3, null, 0.3])]).toEqual([1, 3]);
  expect([...bestIndexes('val/accuracy', [0.5, 0.9])]).toEqual([1]);
  expect(bestIndexes('lr', [1, 2]).size).toBe(0);
});
