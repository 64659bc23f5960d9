import { matchScore } from './match-score';

test.each([
  ['run head-large 1', '', 1],
  ['run head-large 1', 'LARGE', 1],
  ['run head-large 1', 'head lar', 1],
  ['run head-large 1', 'arge head', 0.75],
  ['run head-large 1', 'arg', 0.5],
  ['copy link share address', 'head', 0],
])('%s scores for %j', (value, typed, score) => {
  expect(matchScore(value, typed)).toBe(score);
});
