import { splitProblems } from './split-problems';

test('a share of percent and a whole seed are taken', () => {
  expect(splitProblems({ share: '20', seed: '1' })).toEqual({});
  expect(splitProblems({ share: '12.5', seed: '0' })).toEqual({});
});

test.each(['', 'abc', '0', '100', '150', '-3'])('a share of "%s" is refused in percent', (share) => {
  expect(splitProblems({ share, seed: '1' })).toEqual({ share: expect.stringContaining(`"${share}". It must be more than 0 %`) });
});

test.each(['', 'x', '1.5', '-1', '3000000000'])('a seed of "%s" is refused', (seed) => {
  expect(splitProblems({ share: '20', seed })).toEqual({ seed: expect.stringContaining('whole number') });
});
