import { hyperparametersSchema, type HyperparametersInput } from '@thaw/config';
import { rateFactor } from './rate-factor';
import torch from './schedules.torch.json';

const { steps, stepsPerEpoch } = torch;

function factors(input: HyperparametersInput, lowest = 0): number[] {
  const config = hyperparametersSchema.parse(input);
  return Array.from({ length: steps }, (_, step) => rateFactor(config, { step, steps, stepsPerEpoch }, lowest));
}

test.each<[string, HyperparametersInput, number[], number]>([
  ['cosine', { schedule: 'cosine' }, torch.cosine, 0],
  ['cosine with a lowest rate', { schedule: 'cosine' }, torch.cosineFloor, 0.2],
  ['step', { schedule: 'step', decayEpochs: 2, decayRate: 0.3 }, torch.step, 0],
  ['one_cycle', { schedule: 'one_cycle' }, torch.oneCycle, 0],
  ['warm-up, then cosine', { schedule: 'cosine', warmupEpochs: 1.5 }, torch.warmupCosine, 0],
  ['warm-up, then step', { schedule: 'step', decayEpochs: 2, decayRate: 0.3, warmupEpochs: 1.5 }, torch.warmupStep, 0],
  ['warm-up, then constant', { warmupEpochs: 1.5 }, torch.warmupConstant, 0],
])('%s has PyTorch’s factors', (_, input, expected, lowest) => {
  expect(factors(input, lowest)).toEqual(expected.map((factor) => expect.closeTo(factor, 6)));
});

test('every schedule is finite and at most 1, however few steps there are', () => {
  for (const schedule of ['constant', 'cosine', 'step', 'one_cycle', 'reduce_on_plateau'] as const) {
    for (const few of [1, 2, 3, 4]) {
      const config = hyperparametersSchema.parse({ schedule, warmupEpochs: 5 });
      for (let step = 0; step < few; step++) {
        const factor = rateFactor(config, { step, steps: few, stepsPerEpoch: few });
        expect(factor).toBeGreaterThan(0);
        expect(factor).toBeLessThanOrEqual(1);
      }
    }
  }
});
