import { follow, type Followed, type Threshold } from './crossing';

const series = (values: number[], firstStep = 1) => ({ steps: Float64Array.from(values, (_, index) => firstStep + index), times: new Float64Array(values.length), values: Float64Array.from(values) });
const unfollowed: Followed = { step: null, streak: 0, since: null, told: false };
const above: Threshold = { direction: 'ABOVE', threshold: 1, points: 1 };
const stepsOf = (values: number[], rule = above) => follow(unfollowed, series(values), rule).crossings.map(({ step }) => step);

test('a crossing is told when it happens and not while it lasts; on the threshold is not beyond it', () => {
  expect(stepsOf([0, 2, 3, 1, 1.5, 0, 2])).toEqual([2, 5, 7]);
  expect(stepsOf([0, 2, 0.5, 1], { ...above, direction: 'BELOW' })).toEqual([1, 3]);
});

test('several points in a row, counted across batches', () => {
  const rule = { ...above, points: 3 };
  expect(stepsOf([2, 2, 0, 2, 2, 2, 2], rule)).toEqual([6]);
  const first = follow(unfollowed, series([0, 2, 2]), rule);
  const second = follow(first.after, series([5, 6], 4), rule);
  expect([first.crossings, second.crossings]).toEqual([[], [{ step: 4, value: 5, since: 2 }]]);
});

test('NaN lies beyond nothing and ends a streak; infinities lie where they lie', () => {
  expect(stepsOf([Number.NaN, 2, Number.NaN, 2])).toEqual([2, 4]);
  expect(stepsOf([0, Number.POSITIVE_INFINITY])).toEqual([2]);
});

test('steps that come again, after a resume, are not looked at again', () => {
  const first = follow(unfollowed, series([0, 2, 0]), above);
  expect(follow(first.after, series([2, 2, 0, 2], 1), above).crossings).toEqual([{ step: 4, value: 2, since: 4 }]);
});
