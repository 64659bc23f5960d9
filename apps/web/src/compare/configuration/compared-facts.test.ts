import { hyperparametersSchema } from '@thaw/config';
import { factGroups, narrowed, type RunFacts } from './compared-facts';
import { asMarkdown } from './differences-markdown';

const run = (id: string, config: object, more: object = {}): RunFacts => ({
  id, name: id, tags: [], config: hyperparametersSchema.parse(config), environment: { node: 'v20', cpu: { cores: 2 } }, gitCommit: null, backend: 'wasm', trainer: null, parentRun: null,
  dataset: { id: 'd', version: 1, digest: 'a'.repeat(64), dataset: { id: 'D', name: 'flowers' } }, backbone: { id: 'b', title: 'MobileNet', digest: null }, ...more,
}) as unknown as RunFacts;

const runs = [run('first', { freeze: 'head' }), run('second', { freeze: 'full', learningRate: 0.01 }, { tags: ['b', 'a'], backend: 'node' })];

test('values stand in the groups of the launch form, in its order and words', () => {
  const groups = factGroups(runs);
  expect(groups.map(({ name }) => name)).toEqual(['Data and backbone', 'Transfer', 'Optimisation', 'Early stopping', 'Regularisation', 'Data', 'Checkpoints', 'Tags and origin', 'Where it ran']);
  expect(groups[1]!.rows.find(({ key }) => key === 'freeze')).toEqual({ key: 'freeze', label: 'Freeze strategy', values: ['head', 'full'], differs: true });
  expect(groups.at(-1)!.rows.map(({ key }) => key)).toEqual(['Backend', 'Trainer', 'Git commit', 'node', 'cpu.cores']);
});

test('only differences, and words in names, groups or values', () => {
  const keys = (only: boolean, find: string) => narrowed(factGroups(runs), { onlyDifferences: only, find }).flatMap(({ rows }) => rows.map(({ key }) => key));
  expect(keys(true, '')).toEqual(['freeze', 'learningRate', 'Tags', 'Backend']);
  expect(keys(false, 'freeze strategy')).toEqual(['freeze']);
  expect(keys(true, 'WASM')).toEqual(['Backend']);
  expect(keys(true, 'nothing of the kind')).toEqual([]);
});

test('keys of a script’s own are a group, nested ones by path', () => {
  const scripts = ['sgd', 'adam'].map((name) => ({ ...run(name, {}), config: { optim: { name }, epochs: 3 } }) as RunFacts);
  const groups = factGroups(scripts);
  expect(groups.find(({ name }) => name === 'Other configuration')!.rows).toEqual([{ key: 'optim.name', label: 'optim.name', values: ['sgd', 'adam'], differs: true }]);
});

test('Markdown has one column per run and no cell breaks the table', () => {
  const groups = narrowed(factGroups([run('a|b', { freeze: 'head' }), run('c', { freeze: 'full' })]), { onlyDifferences: true, find: '' });
  expect(asMarkdown(groups, ['a|b', 'c'])).toBe('| Setting | a\\|b | c |\n| --- | --- | --- |\n| **Transfer** | | |\n| Freeze strategy | head | full |\n');
});
