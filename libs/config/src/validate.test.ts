import { hyperparameterFields } from './fields';
import { validateHyperparameters } from './validate';

test('an empty config is the defaults', () => {
  const result = validateHyperparameters({});
  expect(result).toMatchObject({ ok: true, config: { freeze: 'head', epochs: 30, learningRate: 0.001, batchSize: 32, patience: 5, dropout: 0.2, seed: 1, horizontalFlip: false } });
});

test('all problems are reported at once, with what is valid', () => {
  const result = validateHyperparameters({ epochs: 0, learnigRate: 1, freeze: 'all', colour: 3, dropout: 'much' });
  if (result.ok) throw new Error('expected problems');
  const byName = Object.fromEntries(result.problems.map((problem) => [problem.name, problem]));
  expect(Object.keys(byName).sort()).toEqual(['colour', 'dropout', 'epochs', 'freeze', 'learnigRate']);
  expect(byName.epochs!.message).toBe('epochs is 0. It must be at least 1.');
  expect(byName.learnigRate!.message).toContain('learningRate');
  expect(byName.freeze!.message).toMatch(/"all".*head.*last_blocks/);
  expect(byName.colour!.message).toContain('batchSize');
});

test('a config that is no object is refused', () => {
  expect(validateHyperparameters([1])).toMatchObject({ ok: false });
  expect(validateHyperparameters('x')).toMatchObject({ ok: false });
});

test('every field of the form has words, a group and a default its own limits accept', () => {
  for (const field of hyperparameterFields) {
    expect(field.label).not.toBe('');
    expect(field.help).not.toBe('');
    expect(validateHyperparameters({ [field.name]: field.default })).toMatchObject({ ok: true });
  }
  expect(hyperparameterFields.find((field) => field.name === 'freeze')).toMatchObject({ type: 'choice', default: 'head' });
  expect(hyperparameterFields.find((field) => field.name === 'epochs')).toMatchObject({ type: 'integer', minimum: 1, maximum: 10000 });
});
