import { hyperparameterFields } from '@thaw/config';
import { changesFromParent, draftGrid, draftProblems, errorsByField, isRelevant, limitsOf, valuesFromConfig, withChanges } from './launch-draft';

const field = (name: string) => hyperparameterFields.find((candidate) => candidate.name === name)!;

test('typed text becomes numbers, emptied fields fall back to defaults', () => {
  expect(draftGrid({ epochs: '12', learningRate: '3e-4', dropout: '', freeze: 'full', horizontalFlip: true }))
    .toEqual({ config: { epochs: 12, learningRate: 3e-4, freeze: 'full', horizontalFlip: true }, grid: {}, unread: {} });
});

test('every problem is reported at its own field', () => {
  const problems = draftProblems({ epochs: '0', learningRate: 'fast', batchSize: '16' });
  expect(Object.keys(problems).sort()).toEqual(['epochs', 'learningRate']);
  expect(problems.learningRate).toContain('fast');
});

test('several values are a grid, and each wrong one is named', () => {
  expect(draftGrid({ learningRate: '1e-4..1e-2 x3 log', freeze: 'head, full', horizontalFlip: 'off, on' }).grid).toEqual({ learningRate: [0.0001, 0.001, 0.01], freeze: ['head', 'full'], horizontalFlip: [false, true] });
  expect(draftProblems({ learningRate: '0.1, -1', seed: '1..3', dropout: '0..1' })).toEqual({ learningRate: expect.stringMatching(/^Value 2 of 2: learningRate is -1/), dropout: expect.stringContaining('how many') });
  expect(draftProblems({ seed: '1..60', dropout: '0, 0.1' })['']).toContain('120 runs');
});

test('what one of several strategies needs is shown', () => {
  expect(isRelevant(field('lastBlocks'), { freeze: 'head, last_blocks' })).toBe(true);
});

test('a suggestion is laid over what was typed', () => {
  expect(withChanges({ epochs: '20', dropout: '0.4' }, { epochs: 40, seed: [2, 3], horizontalFlip: true, unheardOf: 1 })).toEqual({ epochs: '40', dropout: '0.4', seed: '2, 3', horizontalFlip: true });
});

test('fields without meaning under the chosen strategy are not relevant', () => {
  expect(isRelevant(field('lastBlocks'), {})).toBe(false);
  expect(isRelevant(field('lastBlocks'), { freeze: 'last_blocks' })).toBe(true);
  expect(isRelevant(field('batchNorm'), { freeze: 'full' })).toBe(true);
  expect(isRelevant(field('batchNorm'), { freeze: 'full', pretrained: false })).toBe(false);
});

test('a clone starts as its parent and shows what was changed', () => {
  const parent = { freeze: 'head', epochs: 20, learningRate: 0.001 };
  const values = valuesFromConfig(parent);
  expect(values).toEqual({ epochs: '20' });
  expect(changesFromParent(parent, values)).toEqual([]);
  expect(changesFromParent(parent, { ...values, epochs: '40', freeze: 'full' })).toEqual([
    { key: 'freeze', before: 'head', after: 'full' },
    { key: 'epochs', before: 20, after: 40 },
  ]);
});

test('a mistake in a field that is not shown counts as nothing typed', () => {
  expect(draftProblems({ freeze: 'last_blocks', lastBlocks: '0' })).toHaveProperty('lastBlocks');
  expect(draftProblems({ freeze: 'head', lastBlocks: '0' })).toEqual({});
  expect(draftGrid({ freeze: 'head', lastBlocks: '0' }).config).toEqual({ freeze: 'head' });
  expect(draftGrid({ freeze: 'head', lastBlocks: '3' }).config).toEqual({ freeze: 'head', lastBlocks: 3 });
});

test('a mistake in one field hides no change of another', () => {
  expect(changesFromParent({ epochs: 20 }, { epochs: '40', learningRate: '1e-', dropout: '7' })).toEqual([{ key: 'epochs', before: 20, after: 40 }]);
});

test('limits are said in words', () => {
  expect(limitsOf(field('epochs'))).toBe('1 – 10,000');
  expect(limitsOf(field('learningRate'))).toBe('more than 0, at most 10');
  expect(limitsOf(field('freeze'))).toBeNull();
});

test('errors of the server land at their fields, the rest above the form', () => {
  expect(errorsByField([
    { field: 'config.epochs', message: 'Too many.' },
    { field: 'dataset', message: 'No such dataset.' },
    { field: null, message: 'Queue is full.' },
    { field: 'constraints.labels.1', message: 'Odd.' },
    { field: 'grid.seed.2', message: 'Negative.' },
    { field: 'elsewhere', message: 'Odder.' },
  ])).toEqual({ epochs: 'Too many.', seed: 'Negative.', dataset: 'No such dataset.', labels: 'Odd.', '': 'Queue is full. Odder.' });
});
