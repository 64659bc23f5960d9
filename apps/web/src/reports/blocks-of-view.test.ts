import { parseBlock } from './blocks/parse-block';
import { blocksOfView } from './blocks-of-view';

const run = (digit: number, more: object = {}) => ({ id: `0197a000-0000-7000-8000-00000000000${digit}`, name: `run ${digit}`, kind: 'MANAGED', status: 'FINISHED', ...more });
const shown = (tab: string, runs = [run(1), run(2)]) =>
  [...blocksOfView({ runs, tab, metric: 'val/loss' }).matchAll(/```thaw\n([\s\S]*?)```/g)].map(([, source]) => {
    const parsed = parseBlock(source!);
    return parsed.ok ? parsed.block : parsed;
  });

test.each([['curves', ['chart']], ['configuration', ['table', 'config-diff']], ['pictures', ['confusion', 'confusion']], ['runs', ['chart', 'table']], ['parameters', ['chart', 'table']]])('the tab %s becomes %j', (tab, kinds) => {
  expect(shown(tab).map((block) => 'kind' in block && block.kind)).toEqual(kinds);
});

test('a chart keeps the metric and the runs', () => {
  expect(shown('curves')).toEqual([{ kind: 'chart', metric: 'val/loss', runs: [run(1).id, run(2).id] }]);
});

test('runs without an evaluation have no matrix', () => {
  expect(shown('pictures', [run(1, { kind: 'EXTERNAL' }), run(2, { status: 'RUNNING' })])).toMatchObject([{ kind: 'table' }]);
});
