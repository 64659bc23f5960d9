import { validateHyperparameters, type HyperparametersInput } from '@thaw/config';
import { flowersRuns } from '../testing-flowers-runs';
import { estimate } from './estimate';
import { measure, type Measured, type TimedRun } from './measure';
import { epochsByKind, featuresOf, type Wanted } from './work';

const config = (input: HyperparametersInput) => {
  const checked = validateHyperparameters(input);
  if (!checked.ok) throw new Error(checked.problems[0]!.message);
  return checked.config;
};

/** A run of an ideal machine: a second of overhead for each hundred pictures, and each epoch as given. */
function ideal(id: string, input: HyperparametersInput, epochSeconds: number, more: Partial<TimedRun> = {}): Measured {
  const run = { id, backboneId: 'b', speed: 100, datasetId: 'd', versionId: 'v', train: 100, val: 0, config: config(input), trainerId: 't', featuresKept: false, epochs: config(input).epochs, ...more };
  const seconds = run.train / 100 + run.epochs * epochSeconds;
  return measure({ ...run, seconds, epochEnds: Array.from({ length: run.epochs }, (_, index) => run.train / 100 + (index + 1) * epochSeconds), ...more })!;
}
const want = (input: HyperparametersInput, more: Partial<Wanted> = {}): Wanted => ({ backboneId: 'b', speed: 100, datasetId: 'd', versionId: 'v', train: 100, val: 0, featuresKept: false, config: config({ earlyStopping: false, ...input }), ...more });

test('a run is taken apart into overhead and what a picture takes in each kind of epoch', () => {
  const { perPicture, overhead } = ideal('1', { freeze: 'full', epochs: 5 }, 2);
  expect(perPicture.get('full')).toBeCloseTo(0.02);
  expect(overhead).toBeCloseTo(1);
  expect([...epochsByKind(config({ freeze: 'fine_tune', headEpochs: 10, epochs: 6 }), 6)]).toEqual([['head', 3], ['full', 3]]);
  expect(measure({ ...ideal('1', { epochs: 5 }, 2).run, epochs: 1, epochEnds: [1] })).toBeNull();
});

test('the same again takes as long; more epochs and more pictures take longer in proportion', () => {
  const known = [ideal('1', { freeze: 'full', epochs: 5 }, 2)];
  expect(estimate(known, want({ freeze: 'full', epochs: 5 }))).toMatchObject({ seconds: expect.closeTo(11), basedOn: 1, similarity: 'the same backbone, dataset and layers' });
  expect(estimate(known, want({ freeze: 'full', epochs: 50 }))!.seconds).toBeCloseTo(101);
  expect(estimate(known, want({ freeze: 'full', epochs: 5 }, { datasetId: 'e', versionId: 'w', train: 300 }))!.seconds).toBeCloseTo(33);
  expect(estimate(known, want({ freeze: 'full', epochs: 5 }, { backboneId: 'c', speed: 50 }))).toMatchObject({ seconds: expect.closeTo(22), similarity: expect.stringContaining('by their speeds') });
});

test('what is less alike is told apart by a wider interval', () => {
  const known = [ideal('1', { freeze: 'full', epochs: 5 }, 2)];
  const width = (wanted: Wanted) => { const { low, high } = estimate(known, wanted)!; return high / low; };
  const widths = [want({ freeze: 'full', epochs: 5 }), want({ freeze: 'full', epochs: 5, batchSize: 8 }), want({ freeze: 'full', epochs: 5 }, { backboneId: 'c', speed: null })].map(width);
  expect([...widths].sort((a, b) => a - b)).toEqual(widths);
});

test('nothing to go by is no estimate', () => {
  expect(estimate([], want({}))).toBeNull();
  expect(estimate([ideal('1', { freeze: 'head', epochs: 5 }, 1)], want({ freeze: 'full' }))).toBeNull();
});

test('early stopping counts as in earlier runs on the dataset', () => {
  const stopped = [12, 14, 16].map((epochs) => ideal(String(epochs), { freeze: 'full', epochs: 30, patience: 5 }, 1, { epochs, seconds: 1 + epochs, epochEnds: Array.from({ length: epochs }, (_, index) => index + 2) }));
  expect(estimate(stopped, want({ freeze: 'full', epochs: 30, patience: 5, earlyStopping: true }))).toMatchObject({ epochs: 14, seconds: expect.closeTo(15) });
  expect(estimate(stopped, want({ freeze: 'full', epochs: 30, patience: 8, earlyStopping: true }))).toMatchObject({ epochs: 17 });
  expect(estimate(stopped, want({ freeze: 'full', epochs: 30 }))).toMatchObject({ epochs: 30 });
});

test('each of seven real runs, estimated from the other six', () => {
  const speeds = new Map([['mobilenet-025', 1500], ['mobilenet-075', 450]]);
  const computed = new Set<string | null>([null]);
  const measured = [...flowersRuns].reverse().map((run) => {
    const place = { backboneId: run.backbone, versionId: 'flowers-1' };
    const features = featuresOf({ ...place, config: run.config });
    const featuresKept = computed.has(features);
    computed.add(features);
    return measure({ ...run, ...place, id: run.name, featuresKept, speed: speeds.get(run.backbone)!, datasetId: 'flowers', train: 500, val: 100, trainerId: 't' })!;
  });
  const outcomes = measured.map(({ run }) => {
    const one = estimate(measured.filter((each) => each.run.id !== run.id), run);
    return { name: run.id, took: run.seconds, expected: one?.seconds ?? null, within: one ? one.low <= run.seconds && run.seconds <= one.high : null };
  });
  if (process.env.SHOW) console.table(outcomes);
  const ratios = outcomes.flatMap(({ took, expected }) => (expected === null ? [] : [Math.max(took / expected, expected / took)])).sort((a, b) => a - b);
  expect(ratios).toHaveLength(7);
  expect(ratios[3]).toBeLessThan(2);
  expect(outcomes.filter(({ within }) => within).length).toBeGreaterThanOrEqual(6);
});
