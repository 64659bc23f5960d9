import { inOrderOf, largestChanges, matrixDifference, mostConfused, rowShares } from './matrix-difference';

const before = { classes: ['daisy', 'rose', 'tulip'], counts: [[8, 1, 1], [0, 3, 9], [2, 0, 8]] };
const after = { classes: ['tulip', 'rose', 'daisy'], counts: [[9, 1, 0], [2, 10, 0], [0, 3, 7]] };

test('cells are matched by the names of their classes, whatever their order', () => {
  const { classes, cells, largest } = matrixDifference(before, after, 'counts');
  expect(classes).toEqual(['daisy', 'rose', 'tulip']);
  expect(cells.map((row) => row.map(({ change }) => change))).toEqual([[-1, 2, -1], [0, 7, -7], [-2, 1, 1]]);
  expect(largest).toBe(7);
  expect(cells[1]![2]).toEqual({ label: 'rose', predicted: 'tulip', before: 9, after: 2, change: -7, better: true });
  expect(cells[0]![0]!.better).toBe(false);
  expect(cells[1]![0]!.better).toBeNull();
});

test('the largest changes are of mistakes, more or fewer', () => {
  expect(largestChanges(matrixDifference(before, after, 'counts')).map(({ label, predicted, change }) => `${label} → ${predicted} ${change}`)).toEqual(['rose → tulip -7', 'daisy → rose 2', 'tulip → daisy -2']);
  expect(largestChanges(matrixDifference(before, before, 'counts'))).toEqual([]);
});

test('shares are of the true class, and a class without pictures has none', () => {
  expect(rowShares([[1, 3], [0, 0]])).toEqual([[0.25, 0.75], [0, 0]]);
  expect(matrixDifference(before, after, 'shares').cells[1]![2]!.change).toBeCloseTo(2 / 12 - 9 / 12, 12);
});

test('of some classes, shares are still of all pictures of a class', () => {
  const { classes, cells } = matrixDifference(before, after, 'shares', ['rose', 'tulip']);
  expect(classes).toEqual(['rose', 'tulip']);
  expect(cells[1]!.map(({ before: share }) => share)).toEqual([0, 0.8]);
});

test('of many classes those with most mistakes are kept, in their order; an unknown class is 0', () => {
  expect(mostConfused([before], 2)).toEqual(['rose', 'tulip']);
  expect(mostConfused([before], 3)).toEqual(before.classes);
  expect(inOrderOf(['rose', 'lily'], before)).toEqual([[3, 0], [0, 0]]);
});
