import { countWords, expandGrid, nameOfRun } from './expand-grid';

const runsOf = (config: unknown, grid: Record<string, unknown[]>) => {
  const expanded = expandGrid(config, grid);
  if (!expanded.ok) throw new Error(JSON.stringify(expanded.problems));
  return expanded;
};
const problemsOf = (config: unknown, grid: Record<string, unknown[]>) => {
  const expanded = expandGrid(config, grid);
  return expanded.ok ? [] : expanded.problems;
};

test('every combination is one run, over the common config', () => {
  const { runs, same } = runsOf({ epochs: 7 }, { seed: [1, 2], learningRate: [0.1, 0.01, 0.001] });
  expect(runs.map(({ config }) => [config.learningRate, config.seed, config.epochs])).toEqual([[0.1, 1, 7], [0.1, 2, 7], [0.01, 1, 7], [0.01, 2, 7], [0.001, 1, 7], [0.001, 2, 7]]);
  expect(same).toBe(0);
  expect(runs[3]!.varied).toEqual([{ name: 'learningRate', value: 0.01 }, { name: 'seed', value: 2 }]);
});

test('without several values there is one run, and nothing varies', () => {
  expect(runsOf({ epochs: 3 }, {}).runs).toMatchObject([{ config: { epochs: 3 }, varied: [] }]);
  expect(runsOf({}, { epochs: [3] }).runs).toMatchObject([{ config: { epochs: 3 }, varied: [] }]);
});

test('values without meaning beside the others make no runs of their own', () => {
  const { runs, same } = runsOf({}, { freeze: ['head', 'last_blocks'], lastBlocks: [1, 2, 3] });
  expect(runs.map(({ config }) => [config.freeze, config.lastBlocks])).toEqual([['head', 1], ['last_blocks', 1], ['last_blocks', 2], ['last_blocks', 3]]);
  expect(runs[0]!.varied).toEqual([{ name: 'freeze', value: 'head' }]);
  expect(same).toBe(2);
});

test('problems name the field and which of its values', () => {
  expect(problemsOf({ epochs: 0 }, { learningRate: [0.1, -1, 'fast'], epochz: [1, 2], seed: [] })).toMatchObject([
    { name: 'epochs', index: null }, { name: 'learningRate', index: 1 }, { name: 'learningRate', index: 2 }, { name: 'epochz', index: null, code: 'UNKNOWN_HYPERPARAMETER' }, { name: 'seed', index: null, code: 'INVALID_GRID' },
  ]);
});

test('a hundred runs are made, a hundred and one refused with what they are', () => {
  const seeds = Array.from({ length: 50 }, (_, index) => index);
  expect(runsOf({}, { seed: seeds, dropout: [0, 0.1] }).runs).toHaveLength(100);
  expect(problemsOf({}, { seed: [...seeds, 50], dropout: [0, 0.1] })).toMatchObject([{ code: 'TOO_MANY_RUNS', message: expect.stringMatching(/2 values of dropout × 51 of seed are 102 runs; at most 100/) }]);
});

test('words for counts and names', () => {
  expect(countWords([{ name: 'learningRate', values: [1, 2] }, { name: 'epochs', values: [1, 2, 3] }, { name: 'freeze', values: [1, 2] }, { name: 'seed', values: [1] }])).toBe('2 values of learning rate × 3 of epochs × 2 of freeze strategy');
  expect(nameOfRun('roses', [{ name: 'seed', value: 2 }])).toBe('roses seed=2');
  expect(nameOfRun('', [{ name: 'seed', value: 2 }, { name: 'horizontalFlip', value: true }])).toBe('seed=2 horizontalFlip=true');
});
