import { superseded } from './superseded';

const [plain, best] = [{ best: false }, { best: true }];

test('a newer checkpoint stands for those that wait, but not for the best one', () => {
  expect(superseded([best, plain], { best: false }, 'BEST_AND_LATEST')).toEqual([plain]);
  expect(superseded([best, plain], { best: true }, 'BEST_AND_LATEST')).toEqual([best, plain]);
  expect(superseded([best, plain], { best: false }, 'LATEST')).toEqual([best, plain]);
  expect(superseded([best, plain], { best: true }, 'ALL')).toEqual([]);
});
