import { agreements, byDisagreement, Comparison } from './compare-predictions';

const classes = ['a', 'b', 'c'];
/** [key, label, predicted, confidence] */
const evaluation = (...rows: [string, number, number, number][]) => ({ classes, predictions: rows.map(([key, label, predicted, confidence]) => ({ key, picture: `picture ${key}`, label, predicted, confidence })) });

function compared() {
  const comparison = new Comparison();
  comparison.add(evaluation(['w', 0, 0, 0.9], ['x', 1, 1, 0.8], ['y', 2, 0, 0.7], ['z', 0, 1, 0.6], ['only first', 0, 0, 1]));
  comparison.add(evaluation(['z', 0, 1, 0.9], ['y', 2, 2, 0.5], ['x', 1, 1, 0.4], ['w', 0, 2, 0.55], ['x', 1, 0, 0.99]));
  return comparison.shared();
}

test('pictures that all runs have seen are compared, each once, with every run’s word', () => {
  const rows = compared();
  expect(rows.map(({ picture, label }) => `${picture} ${label}`).sort()).toEqual(['picture w a', 'picture x b', 'picture y c', 'picture z a']);
  expect(rows.find(({ picture }) => picture === 'picture x')!.verdicts).toEqual([{ run: 0, predicted: 'b', confidence: 0.8, correct: true }, { run: 1, predicted: 'b', confidence: 0.4, correct: true }]);
});

test('disagreement comes first, the surer mistake before the other; then what all got wrong, then the rest', () => {
  expect(byDisagreement(compared()).map(({ picture }) => picture.at(-1))).toEqual(['y', 'w', 'z', 'x']);
});

test('each way of agreeing has its pictures', () => {
  const names = (which: keyof typeof agreements) => compared().filter(agreements[which]).map(({ picture }) => picture.at(-1)).sort().join('');
  expect({ all: names('ALL'), disagree: names('DISAGREE'), some: names('SOME_RIGHT'), wrong: names('ALL_WRONG'), right: names('ALL_RIGHT') }).toEqual({ all: 'wxyz', disagree: 'wy', some: 'wy', wrong: 'z', right: 'x' });
});
