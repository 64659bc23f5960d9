import { blockKinds, type BlockKind } from './block-kinds';
import { parseBlock } from './parse-block';
import { writeBlock } from './write-block';

const id = '0197a000-0000-7000-8000-000000000000';
const other = '0197A000-0000-7000-8000-00000000000f';
const problemsOf = (source: string): string => {
  const parsed = parseBlock(source);
  return parsed.ok ? 'fine' : parsed.problems.join('\n');
};

test('YAML with names beside the ids, and JSON, say the same', () => {
  const block = { kind: 'chart', metric: 'val/accuracy', runs: [id, other.toLowerCase()], height: 300 };
  expect(parseBlock(`kind: chart\nmetric: val/accuracy\nheight: 300\nruns:\n  - ${id} # the best one\n  - ${other} # another`)).toEqual({ ok: true, block });
  expect(parseBlock(JSON.stringify(block))).toEqual({ ok: true, block });
  expect(parseBlock(`kind: chart\nmetric: val/accuracy\nheight: 300\nruns: ${id}, ${other}`)).toEqual({ ok: true, block });
});

test('names that YAML takes for numbers are names', () => {
  expect(parseBlock(`kind: pictures\nrun: ${id}\nlabel: 5\npredicted: true`)).toEqual({ ok: true, block: { kind: 'pictures', run: id, label: '5', predicted: 'true' } });
});

test.each([
  ['', 'The block is empty. Begin with "kind:" and one of chart, table, run, confusion, pictures and config-diff.'],
  ['just words', 'must be options with values'],
  ['- kind: chart', 'must be options with values'],
  ['kind: chart\n  metric: [', 'This is not valid YAML'],
  ['metric: val/loss', 'The block has no kind.'],
  ['kind: chrat', 'There is no kind "chrat". Did you mean chart? The kinds are chart, table'],
  ['kind: __proto__', 'There is no kind "__proto__"'],
  ['kind: chart', 'metric is missing: the key of a metric, such as val/accuracy.'],
  ['kind: chart\nmetric: lr\nheigth: 200', 'A chart block has no option heigth. Did you mean height? Its options are metric, runs'],
  ['kind: chart\nmetric: lr\nheight: 5000', 'height is 5000. It must be a whole number from 120 to 800: pixels, default 280.'],
  ['kind: chart\nmetric: lr\nfirst: 1.5', 'first is 1.5. It must be a whole number from 1 to 100'],
  ['kind: chart\nmetric: [a, b]', 'metric is ["a","b"]. It must be a text'],
  ['kind: chart\nmetric: lr\nruns:\n  - head-12', 'runs is ["head-12"]. It must be 1 to 100 ids'],
  [`kind: chart\nmetric: lr\nruns:\n  - ${id}\nsearch: tag:best`, 'Give either runs, or search'],
  ['kind: confusion\nrun: best', 'run is "best". It must be an id such as'],
  ['kind: config-diff\nall: sometimes', 'all is "sometimes". It must be true or false'],
  ['a: &a [1]\nb: *a\nkind: chart', 'not valid YAML'],
])('%j is told what is wrong', (source, said) => {
  expect(problemsOf(source)).toContain(said);
});

test('every problem is told at once', () => {
  expect(problemsOf('kind: pictures\ncount: 0\nrows: 3').split('\n')).toHaveLength(3);
});

test('what is written is read again, whatever the names', () => {
  const nasty = { id, name: 'a: b # c - "d" ```' };
  const written = writeBlock({ kind: 'table', title: 'yes: #1', columns: ['val/accuracy', 'config.learning rate', 'no', '5'], runs: [nasty] });
  const source = written.split('\n').slice(1, -1).join('\n');
  expect(parseBlock(source)).toEqual({ ok: true, block: { kind: 'table', title: 'yes: #1', columns: ['val/accuracy', 'config.learning rate', 'no', '5'], runs: [id] } });
  expect(written.split('\n').filter((line) => line.startsWith('```'))).toHaveLength(2);
});

test('each kind can be written with what it requires', () => {
  for (const kind of Object.keys(blockKinds) as BlockKind[]) {
    const required = Object.keys(blockKinds[kind].options).filter((name) => blockKinds[kind].options[name]!.required);
    const written = writeBlock({ kind, ...(required.includes('metric') && { metric: 'lr' }), ...(required.includes('run') && { run: { id, name: 'a' } }) });
    expect(problemsOf(written.split('\n').slice(1, -1).join('\n'))).toBe('fine');
  }
});
