import { hyperparameterFields } from '@thaw/config';
import { changesFromParent, draftConfig, draftProblems, errorsByField, isRelevant, limitsOf, valuesFromConfig } from './launch-draft';

const field = (name: string) => hyperparameterFields.find((candidate) => candidate.name === name)!;

test('typed text becomes numbers, emptied fields fall back to defaults', () => {
  expect(draftConfig({ epochs: '12', learningRate: '3e-4', dropout: '', freeze: 'full', horizontalFlip: true }))
    .toEqual({ epochs: 12, learningRate: 3e-4, freeze: 'full', horizontalFlip: true });
});

test('every problem is reported at its own field', () => {
  const problems = draftProblems({ epochs: '0', learningRate: 'fast', batchSize: '16' });
  expect(Object.keys(problems).sort()).toEqual(['epochs', 'learningRate']);
  expect(problems.learningRate).toContain('fast');
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
    { field: 'elsewhere', message: 'Odder.' },
  ])).toEqual({ epochs: 'Too many.', dataset: 'No such dataset.', labels: 'Odd.', '': 'Queue is full. Odder.' });
});
