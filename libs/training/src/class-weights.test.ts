import { balancedWeights } from './class-weights';

test('balanced weights are scikit-learn’s', () => {
  // compute_class_weight('balanced', classes=[0, 1, 2], y=[0, 0, 0, 1, 2, 2])
  expect(balancedWeights([0, 0, 0, 1, 2, 2], 3)).toEqual([2 / 3, 2, 1].map((weight) => expect.closeTo(weight, 9)));
});

test('every class adds the same, and a picture adds 1 on average', () => {
  const labels = [0, 0, 0, 0, 1, 3, 3];
  const weights = balancedWeights(labels, 4);
  const added = weights.map((weight, label) => weight * labels.filter((each) => each === label).length);
  expect(added).toEqual([7 / 4, 7 / 4, 0, 7 / 4]);
});
