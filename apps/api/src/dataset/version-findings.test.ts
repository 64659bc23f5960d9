import { points, versionFindings } from './version-findings';

const none = { exact: 0, near: 0, leaks: 0, conflicts: 0, conflictClasses: [], leakedExactly: 0, leakedNearly: 0 };
const version = (classes: [name: string, trainCount: number, valCount: number][], skipped: { path: string; reason: string }[] = []) => ({ classes: classes.map(([name, trainCount, valCount]) => ({ name, trainCount, valCount })), skipped });
const codes = (...given: Parameters<typeof versionFindings>) => versionFindings(...given).map(({ code, severity, classes, count }) => [code, severity, classes, count]);

test('a sound version has no findings', () => {
  expect(codes({ version: version([['cat', 100, 40], ['dog', 290, 60]]), duplicates: none, tiny: null })).toEqual([]);
});

test('leaks come first, notes last, each with what it is about', () => {
  const found = codes({
    version: version([['cat', 300, 30], ['dog', 90, 0], ['cow', 8, 12]], [{ path: 'a.txt', reason: 'no picture' }]),
    duplicates: { exact: 3, near: 4, leaks: 5, conflicts: 2, conflictClasses: [0, 2], leakedExactly: 2, leakedNearly: 1 }, tiny: { count: 4, smallest: 9 },
  });
  expect(found).toEqual([
    ['LEAK_EXACT', 'WARNING', [], 2], ['LEAK_NEAR', 'WARNING', [], 1], ['LABEL_CONFLICT', 'WARNING', ['cat', 'cow'], 2], ['NO_VALIDATION', 'WARNING', ['dog'], 1], ['IMBALANCE', 'WARNING', ['cow', 'dog'], 2], ['FEW_TRAINING', 'WARNING', ['cow'], 1],
    ['FEW_VALIDATION', 'NOTE', ['cow'], 1], ['DUPLICATES', 'NOTE', [], 2], ['TINY_PICTURES', 'NOTE', [], 4], ['SKIPPED_FILES', 'NOTE', [], 1],
  ]);
});

test('while pictures are being compared nothing is said about leaks', () => {
  expect(codes({ version: version([['cat', 10, 30], ['dog', 10, 30]]), duplicates: null, tiny: null })).toEqual([]);
});

test('the interval is that of Wilson', () => {
  // Half of upper minus lower bound, each from the roots of Wilson's quadratic.
  expect([5, 20, 100, 1000].map(points)).toEqual([29, 17, 8, 2]);
});
