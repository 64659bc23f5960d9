import { parseBlock } from './blocks/parse-block';
import { templates, type Material } from './templates';

const run = (last: string, evaluated = true) => ({ id: `0197a000-0000-7000-8000-00000000000${last}`, name: `run ${last}`, evaluated });
const blocksOf = (body: string) => [...body.matchAll(/```thaw\n([\s\S]*?)```/g)].map(([, source]) => parseBlock(source!));
const write = (name: string, material: Partial<Material>) => templates.find((template) => template.name === name)!.write({ best: [], metric: 'val/accuracy', today: '2026-01-31', ...material });

test('every template of every project has blocks that can be shown', () => {
  for (const { name } of templates) {
    for (const best of [[], [run('1')], [run('1', false), run('2'), run('3')]]) {
      for (const parsed of blocksOf(write(name, { best }).body)) expect(parsed).toMatchObject({ ok: true });
    }
  }
});

test('the comparison names the best runs, and shows the mistakes of the best that was evaluated', () => {
  const best = [run('1', false), run('2'), run('3')];
  const { title, body } = write('best', { best });
  const blocks = blocksOf(body).map((parsed) => (parsed.ok ? parsed.block : null));
  expect(title).toBe('Comparison of the best 3 runs');
  expect(blocks.map((block) => block?.kind)).toEqual(['table', 'chart', 'config-diff', 'confusion', 'pictures']);
  expect(blocks[1]).toMatchObject({ metric: 'val/accuracy', runs: best.map(({ id }) => id) });
  expect(blocks[3]?.run).toBe(best[1]!.id);
});

test('without a finished run it searches for them', () => {
  expect(blocksOf(write('best', {}).body)).toMatchObject([{ block: { kind: 'table', first: 3, by: 'val/accuracy' } }, { block: { kind: 'chart' } }, { block: { kind: 'config-diff' } }]);
});

test('the week begins seven days ago', () => {
  expect(blocksOf(write('week', { today: '2026-03-02' }).body)[0]).toMatchObject({ block: { search: 'created>=2026-02-23' } });
});
