import fastai from './suggest.fastai.json';
import { suggestLearningRate } from './suggest';

const ratesOf = (losses: readonly number[]) => losses.map((_, step) => 1e-7 * (10 / 1e-7) ** (step / 100));

test(`suggests the learning rate of fastai’s valley, over ${fastai.length} curves`, () => {
  for (const { losses, suggestion } of fastai) {
    const ours = suggestLearningRate({ rates: ratesOf(losses), losses }, 100)!;
    expect(ours / suggestion).toBeCloseTo(1, 9);
  }
});

test('a loss that never falls, or a test that ends at once, suggests nothing', () => {
  for (const losses of [[], [1, 2, 3], Array.from({ length: 100 }, (_, step) => 1 + step)]) {
    expect(suggestLearningRate({ rates: ratesOf(losses), losses }, 100)).toBeNull();
  }
});
