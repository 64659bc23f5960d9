import { validateHyperparameters, type HyperparametersInput } from '@thaw/config';
import { flowers, flowersRun, flowersRuns } from '../testing-flowers-runs';
import type { Facts } from './facts';
import { suggest } from './suggest';
import { untriedStrategies } from './rules/untried';
import { wilson } from '../wilson';

const config = (input: HyperparametersInput) => {
  const checked = validateHyperparameters(input);
  if (!checked.ok) throw new Error(checked.problems[0]!.message);
  return checked.config;
};
const classes = (train: number[], val = 100) => train.map((trainCount, index) => ({ name: 'abcdefgh'[index]!, trainCount, valCount: val }));
const curve = (count: number, at: (part: number, epoch: number) => number) => Array.from({ length: count }, (_, index) => at(index / (count - 1), index));

/** A run with nothing to complain of: it learned, bent, stopped by itself; everything has been tried; many validation pictures. */
function healthy(changes: Partial<Facts> = {}, input: HyperparametersInput = {}): Facts {
  const count = 20;
  return {
    name: 'r', backbone: 'b', config: config(input), completed: false, error: null, bestEpoch: 15, accuracy: 0.95,
    curves: {
      'train/loss': curve(count, (part) => 0.1 + 1.5 * Math.exp(-5 * part)), 'train/accuracy': curve(count, (part) => 0.97 - 0.6 * Math.exp(-5 * part)),
      'val/loss': curve(count, (part) => 0.15 + 1.4 * Math.exp(-5 * part)), 'val/accuracy': curve(count, (part) => 0.95 - 0.6 * Math.exp(-5 * part)),
    },
    classes: classes([1000, 1000, 1000], 1000), train: 3000, val: 3000, perClass: null, mistakes: [], leaked: { exactly: 0, nearly: 0 },
    siblings: [{ id: '1', name: 's', backbone: 'b', accuracy: 0.5, config: config({ freeze: 'fine_tune' }) }, { id: '2', name: 't', backbone: 'b', accuracy: 0.5, config: config({ freeze: 'last_blocks', randomResizedCrop: true }) }],
    ...changes,
  };
}
const codes = (facts: Facts) => suggest(facts).suggestions.map(({ code }) => code);
const only = (facts: Facts, code: string) => suggest(facts).suggestions.find((each) => each.code === code);

test('a healthy run gets no suggestion, and says what was looked at', () => {
  const { suggestions, checked } = suggest(healthy());
  expect(suggestions).toEqual([]);
  expect(checked).toHaveLength(13);
  for (const { outcome, detail } of checked) expect([outcome, detail]).toEqual(['FINE', expect.stringMatching(/\w/)]);
});

test('overfitting: training far above validation, or a validation loss that rises again', () => {
  const apart = healthy({ curves: { ...healthy().curves, 'train/accuracy': curve(20, () => 0.99), 'val/accuracy': curve(20, () => 0.8) } });
  expect(only(apart, 'OVERFITTING')).toMatchObject({ confidence: 'MEDIUM', changes: { randomResizedCrop: true, dropout: 0.4 }, evidence: [{ metric: 'val/accuracy', value: 0.8, epoch: 15 }] });
  const rising = healthy({ curves: { ...healthy().curves, 'val/loss': curve(20, (part) => 0.5 + (part - 0.5) ** 2) } });
  expect(only(rising, 'OVERFITTING')!.evidence[1]!.text).toMatch(/val\/loss rose from 0.5\d* in epoch 1[01]/);
  expect(only({ ...apart, config: config({ randomResizedCrop: true }) }, 'OVERFITTING')!.changes).toEqual({ labelSmoothing: 0.1, weightDecay: 1e-4 });
  // The same gap is within the chance of thirty pictures.
  expect(codes({ ...apart, val: 20, curves: { ...apart.curves, 'train/accuracy': curve(20, () => 0.9) } })).not.toContain('OVERFITTING');
});

test('still improving: every epoch trained, and the last were the best', () => {
  const falling = { completed: true, bestEpoch: 20, curves: { ...healthy().curves, 'val/loss': curve(20, (part) => 1.5 - part), 'train/loss': curve(20, (part) => 1.6 * Math.exp(-3 * part)) } };
  expect(only(healthy(falling), 'STILL_IMPROVING')).toMatchObject({ confidence: 'HIGH', changes: { epochs: 60 } });
  // What it says of the loss is true of a loss that rose at the very end, too.
  const rose = [1, 0.9, 0.8, 0.75, 0.7, 0.65, 0.63, 0.54, 0.55, 0.6];
  expect(only(healthy({ ...falling, bestEpoch: 10, curves: { ...falling.curves, 'val/loss': rose } }), 'STILL_IMPROVING')!.evidence[1]!.text).toBe('val/loss 0.63 in epoch 7, 0.6 in epoch 10; lowest, 0.54, in epoch 8');
  expect(codes(healthy({ ...falling, completed: false }))).not.toContain('STILL_IMPROVING');
  expect(codes(healthy({ completed: true, curves: { ...healthy().curves, 'val/loss': curve(20, (part) => 0.15 + 1.4 * Math.exp(-15 * part)) } }))).not.toContain('STILL_IMPROVING');
});

test('rate too high: not finite, growing, swinging, or worse than a guess; the rest waits until it is mended', () => {
  const withLoss = (val: number[], train = healthy().curves['train/loss']) => healthy({ curves: { ...healthy().curves, 'val/loss': val, 'train/loss': train } });
  expect(only(withLoss(curve(20, () => 1), [1, 2, Number.NaN]), 'RATE_TOO_HIGH')).toMatchObject({ confidence: 'HIGH', changes: { learningRate: 1e-4 }, evidence: [{ epoch: 3 }] });
  expect(only(withLoss(curve(20, () => 1), curve(20, (part) => 1 + part)), 'RATE_TOO_HIGH')!.explanation).toContain('higher than at the start');
  expect(only(withLoss(curve(20, (_, epoch) => (epoch % 2 ? 0.3 : 0.5))), 'RATE_TOO_HIGH')).toMatchObject({ confidence: 'MEDIUM', changes: { learningRate: 0.00033 } });
  expect(codes(withLoss(curve(20, () => 3)))).toEqual(['RATE_TOO_HIGH']);
  expect(codes(withLoss(curve(20, (_, epoch) => (epoch % 2 ? 0.3 : 0.31))))).not.toContain('RATE_TOO_HIGH');
  expect(only({ ...withLoss(curve(20, () => 3)), config: config({ freeze: 'full' }) }, 'RATE_TOO_HIGH')!.changes).toEqual({ learningRate: 1e-4, backboneLearningRate: 2e-5 });
});

test('of a model that diverged neither its sure mistakes are told, nor more than the first line of its error', () => {
  const mistakes = [{ picture: 'p.1', label: 'a', predicted: 'b', confidence: 1 }];
  const { suggestions, checked } = suggest(healthy({ mistakes, error: 'The loss is not finite: NaN.\n    at train (loop.ts:1:1)', curves: { 'train/loss': [], 'train/accuracy': [], 'val/loss': [], 'val/accuracy': [] } }));
  expect(suggestions.map(({ code }) => code)).toEqual(['RATE_TOO_HIGH']);
  expect(suggestions[0]!.evidence).toMatchObject([{ text: 'The loss is not finite: NaN.' }]);
  expect(checked.find(({ code }) => code === 'LABEL_ERRORS')).toMatchObject({ outcome: 'UNKNOWN', detail: expect.stringContaining('learning rate is too high') });
});

test('guessing: right no more often than by always naming the largest class; the rest waits until it beats that', () => {
  const four = classes([300, 100, 100, 100], 25);
  const perClass = [1, 0, 0, 0].map((recall, index) => ({ label: 'abcd'[index]!, recall, support: 25 }));
  const atChance = (loss: number[], changes: Partial<Facts> = {}, input: HyperparametersInput = {}) =>
    healthy({ classes: four, val: 100, perClass, accuracy: 0.25, bestEpoch: 3, curves: { 'train/loss': loss, 'train/accuracy': loss.map(() => 0.3), 'val/loss': loss.map(() => 1.4), 'val/accuracy': loss.map(() => 0.25) }, ...changes }, input);
  const slow = atChance([2.4, 2.3, 2.2, 2.1, 2, 1.9, 1.75, 1.6]);
  expect(codes(slow)).toEqual(['GUESSING']);
  expect(only(slow, 'GUESSING')).toMatchObject({ confidence: 'HIGH', changes: { learningRate: 0.003, patience: 10 }, evidence: [{ value: 0.25, epoch: 3, text: expect.stringContaining('17.5 % to 34.3 % on 100 pictures; always to say a would be right 25.0 %') }, { metric: 'train/loss', epoch: 8, text: expect.stringContaining('1.9 in epoch 6, 1.6 in epoch 8: it still fell by 16 %') }] });
  expect(only({ ...slow, completed: true }, 'GUESSING')!.changes).toEqual({ learningRate: 0.003, epochs: 60 });
  const flat = Array.from({ length: 8 }, () => 1.386);
  expect(only(atChance(flat), 'GUESSING')!.changes).toEqual({ findLearningRate: true });
  expect(only(atChance(flat, {}, { findLearningRate: true }), 'GUESSING')!.changes).toEqual({ freeze: 'fine_tune' });
  // Better than chance, or learned by heart, or no question of accuracy.
  expect(codes({ ...slow, accuracy: 0.4 })).not.toContain('GUESSING');
  expect(codes({ ...slow, curves: { ...slow.curves, 'train/accuracy': slow.curves['train/loss'].map(() => 0.9) } })).not.toContain('GUESSING');
  expect(codes({ ...slow, classes: [{ name: 'a', trainCount: 300, valCount: 90 }, { name: 'b', trainCount: 100, valCount: 10 }] })).not.toContain('GUESSING');
});

test('rate too low: the loss falls slowly in a straight line', () => {
  const straight = healthy({ completed: true, curves: { ...healthy().curves, 'train/loss': curve(20, (part) => 2 - 0.5 * part), 'val/loss': curve(20, (part) => 1.05 - 0.3 * part) } });
  expect(only(straight, 'RATE_TOO_LOW')).toMatchObject({ confidence: 'HIGH', changes: { learningRate: 0.003 } });
  expect(codes(healthy())).not.toContain('RATE_TOO_LOW');
});

test('frozen too deep: a converged head that cannot tell its own pictures apart', () => {
  const stuck = { ...healthy().curves, 'train/loss': curve(20, (part) => 0.6 + Math.exp(-12 * part)), 'train/accuracy': curve(20, () => 0.75), 'val/accuracy': curve(20, () => 0.74) };
  expect(only(healthy({ curves: stuck }), 'FROZEN_TOO_DEEP')).toMatchObject({ confidence: 'HIGH', changes: { freeze: 'fine_tune' } });
  expect(codes(healthy({ curves: stuck }, { freeze: 'full' }))).not.toContain('FROZEN_TOO_DEEP');
  expect(codes(healthy({ curves: { ...stuck, 'train/accuracy': curve(20, () => 0.99) } }))).not.toContain('FROZEN_TOO_DEEP');
});

test('plateau: neither loss moves over the second half', () => {
  const flat = { ...healthy().curves, 'train/loss': curve(20, (_, epoch) => (epoch < 3 ? 1 - epoch / 5 : 0.4)), 'val/loss': curve(20, (_, epoch) => (epoch < 3 ? 1 - epoch / 5 : 0.45)) };
  expect(only(healthy({ curves: flat }), 'PLATEAU')).toMatchObject({ changes: { schedule: 'cosine' } });
  expect(only(healthy({ curves: flat }, { schedule: 'cosine', freeze: 'full' }), 'PLATEAU')!.changes).toEqual({ learningRate: 0.00033, backboneLearningRate: 0.000067 });
});

test('class imbalance: rare classes that are told worse', () => {
  const uneven = { classes: classes([1000, 900, 100], 1000) };
  const recalls = (rare: number) => ({ perClass: [0.9, 0.9, rare].map((recall, index) => ({ label: 'abc'[index]!, recall, support: 100 })) });
  expect(only(healthy({ ...uneven, ...recalls(0.4) }), 'CLASS_IMBALANCE')).toMatchObject({ confidence: 'HIGH', changes: { classWeight: 'balanced' }, evidence: [{ value: 10 }, { value: 0.4 }] });
  expect(codes(healthy({ ...uneven, ...recalls(0.88) }))).not.toContain('CLASS_IMBALANCE');
  expect(codes(healthy({ ...uneven, ...recalls(0.4) }, { classWeight: 'balanced' }))).not.toContain('CLASS_IMBALANCE');
});

test('validation: too small, leaking, and too small to tell two runs apart', () => {
  expect(only(healthy({ classes: classes([100, 100], 5), val: 10 }), 'SMALL_VALIDATION')!.evidence).toHaveLength(3);
  expect(only(healthy({ leaked: { exactly: 2, nearly: 1 } }), 'LEAKS')).toMatchObject({ confidence: 'HIGH', changes: {}, evidence: [{ value: 3 }] });
  const rival = { id: '3', name: 'rival', backbone: 'b', accuracy: 0.93, config: config({ freeze: 'full' }) };
  const close = healthy({ val: 100, classes: classes([1000, 1000, 1000], 33), siblings: [...healthy().siblings, rival] });
  expect(only(close, 'NOISY_VALIDATION')).toMatchObject({ changes: { seed: [2, 3, 4, 5] }, evidence: [{ text: expect.stringContaining('88.8 % to 97.8 %') }, { text: expect.stringContaining('rival has 93.0 %') }] });
  const seeds = [2, 3].map((seed) => ({ id: `s${seed}`, name: `s${seed}`, backbone: 'b', accuracy: 0.94, config: config({ seed }) }));
  expect(codes({ ...close, siblings: [...close.siblings, ...seeds] })).not.toContain('NOISY_VALIDATION');
});

test('label errors: mistakes a good model is very sure of, with their pictures', () => {
  const mistakes = [{ picture: 'p.1', label: 'a', predicted: 'b', confidence: 0.99 }, { picture: 'p.2', label: 'b', predicted: 'a', confidence: 0.6 }];
  expect(only(healthy({ mistakes }), 'LABEL_ERRORS')).toMatchObject({ changes: {}, evidence: [{ picture: 'p.1', value: 0.99 }] });
  expect(codes(healthy({ mistakes, accuracy: 0.5 }))).not.toContain('LABEL_ERRORS');
});

test('what nobody tried on the dataset', () => {
  const head = { id: '1', name: 'h', backbone: 'b', accuracy: 0.8, config: config({}) };
  expect(untriedStrategies([head]).map(({ title }) => title)).toEqual(['No run unfroze anything yet', 'No run used augmentation yet']);
  expect(untriedStrategies([]).map(({ changes }) => changes)).toEqual([{ freeze: 'head' }, { freeze: 'fine_tune' }, { randomResizedCrop: true }]);
  expect(untriedStrategies([head, ...healthy().siblings])).toEqual([]);
});

test('Wilson’s interval, as statsmodels computes it', () => {
  const { low, high } = wilson(0.87, 100);
  expect([low, high]).toEqual([expect.closeTo(0.790, 3), expect.closeTo(0.922, 3)]);
});

test('what it says of seven real runs', () => {
  const facts = (name: string): Facts => {
    const { config: own, curves, bestEpoch, endReason, backbone } = flowersRun(name);
    const siblings = flowersRuns.filter((run) => run.name !== name).map((run) => ({ id: run.name, name: run.name, config: run.config, backbone: run.backbone, accuracy: run.curves['val/accuracy']![run.bestEpoch - 1]! }));
    return { name, backbone, config: own, completed: endReason === 'COMPLETED', error: null, bestEpoch, curves: curves as unknown as Facts['curves'], accuracy: curves['val/accuracy']![bestEpoch - 1]!, classes: flowers.classes.map((each) => ({ name: each, trainCount: 100, valCount: 20 })), train: 500, val: 100, perClass: null, mistakes: null, leaked: { exactly: 0, nearly: 0 }, siblings };
  };
  if (process.env.SHOW) for (const { name } of flowersRuns) console.log(name, suggest(facts(name)).suggestions.map(({ code, confidence, changes, evidence }) => `\n  ${code} ${confidence} ${JSON.stringify(changes)} ${evidence.map(({ text }) => text).join('; ')}`).join(''));
  expect(codes(facts('head-high-rate'))[0]).toBe('RATE_TOO_HIGH');
  for (const name of ['head-seed1', 'head-seed2', 'last-block', 'full']) expect(codes(facts(name))[0]).toBe('STILL_IMPROVING');
  for (const { name } of flowersRuns) expect(codes(facts(name))).not.toContain('OVERFITTING');
});
