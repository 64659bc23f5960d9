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

test('from scratch: everything at one rate, normalisation too, whatever freeze says', () => {
  const [stage, ...more] = plan({ pretrained: false, freeze: 'head', learningRate: 0.01 });
  expect(more).toEqual([]);
  expect(stage).toMatchObject({ phase: 'fine-tuning', unfrozenBlocks: 5, trainNorms: true, headRate: 0.01 });
  expect(stage!.blockRate(4)).toBe(0.01);
});
