import { hyperparametersSchema, type HyperparametersInput } from '@thaw/config';
import { planStages } from './stages';

const plan = (config: HyperparametersInput, blocks = 5) => planStages(hyperparametersSchema.parse(config), blocks);

test('head: one stage, nothing unfrozen', () => {
  expect(plan({})).toMatchObject([{ phase: 'head', epochs: 30, unfrozenBlocks: 0, headRate: 1e-3 }]);
});

test('last_blocks: never more blocks than there are', () => {
  expect(plan({ freeze: 'last_blocks', lastBlocks: 2 })).toMatchObject([{ phase: 'fine-tuning', unfrozenBlocks: 2, trainNorms: false }]);
  expect(plan({ freeze: 'last_blocks', lastBlocks: 9 })).toMatchObject([{ unfrozenBlocks: 5 }]);
});

test('fine_tune: the head first, then everything at rates that fall towards the picture', () => {
  const [head, thawed] = plan({ freeze: 'fine_tune', epochs: 12, headEpochs: 4, backboneLearningRate: 1e-3 });
  expect(head).toMatchObject({ phase: 'head', epochs: 4, unfrozenBlocks: 0 });
  expect(thawed).toMatchObject({ phase: 'fine-tuning', epochs: 8, unfrozenBlocks: 5 });
  const rates = [0, 1, 2, 3, 4].map((fromHead) => thawed!.blockRate(fromHead));
  expect(rates[0]).toBeCloseTo(1e-3);
  expect(rates[2]! / rates[1]!).toBeCloseTo(rates[4]! / rates[3]!);
  expect(rates[4]).toBeLessThan(rates[0]!);
});

test('fine_tune thaws half-way at the latest', () => {
  expect(plan({ freeze: 'fine_tune', epochs: 9, headEpochs: 10 })).toMatchObject([{ phase: 'head', epochs: 4 }, { phase: 'fine-tuning', epochs: 5 }]);
  expect(plan({ freeze: 'fine_tune', epochs: 1 })).toMatchObject([{ phase: 'fine-tuning', epochs: 1 }]);
});

test('gradual: the head, then one more block at a time from the top, under one course of the schedule', () => {
  const stages = plan({ freeze: 'gradual', epochs: 20, headEpochs: 4, unfreezeEvery: 3 });
  expect(stages.map(({ phase, epochs, unfrozenBlocks, schedule }) => [phase, epochs, unfrozenBlocks, schedule.before, schedule.epochs])).toEqual([
    ['head', 4, 0, 0, 4],
    ['fine-tuning', 3, 1, 0, 16], ['fine-tuning', 3, 2, 3, 16], ['fine-tuning', 3, 3, 6, 16], ['fine-tuning', 3, 4, 9, 16], ['fine-tuning', 4, 5, 12, 16],
  ]);
});

test('gradual: blocks that the epochs do not reach stay frozen', () => {
  const unfrozen = (input: HyperparametersInput) => plan({ freeze: 'gradual', ...input }).map(({ epochs, unfrozenBlocks }) => [epochs, unfrozenBlocks]);
  expect(unfrozen({ epochs: 8, headEpochs: 1, unfreezeEvery: 3 })).toEqual([[1, 0], [3, 1], [3, 2], [1, 3]]);
  expect(unfrozen({ epochs: 1, headEpochs: 1 })).toEqual([[1, 1]]);
});

test.each(['head', 'last_blocks', 'full', 'gradual', 'fine_tune'] as const)('%s: the epochs add up, whatever they are', (freeze) => {
  for (const epochs of [1, 2, 3, 7, 30]) {
    for (const blocks of [0, 1, 5]) {
      const stages = plan({ freeze, epochs, unfreezeEvery: 2 }, blocks);
      expect(stages.reduce((sum, stage) => sum + stage.epochs, 0)).toBe(epochs);
      for (const { unfrozenBlocks } of stages) expect(unfrozenBlocks).toBeLessThanOrEqual(blocks);
    }
  }
});

test('from scratch: everything at one rate, normalisation too, whatever freeze says', () => {
  const [stage, ...more] = plan({ pretrained: false, freeze: 'head', learningRate: 0.01 });
  expect(more).toEqual([]);
  expect(stage).toMatchObject({ phase: 'fine-tuning', unfrozenBlocks: 5, trainNorms: true, headRate: 0.01 });
  expect(stage!.blockRate(4)).toBe(0.01);
  expect(stage!.normMomentum).toBe(0.9);
  expect(plan({ freeze: 'full', batchNorm: 'train' })[0]!.normMomentum).toBeUndefined();
});
