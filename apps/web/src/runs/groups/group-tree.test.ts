import type { TableRunFragment } from '../../generated/graphql';
import { RunPages } from '../table/run-pages';
import { GroupTree, type GroupLevel } from './group-tree';

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
const group = (key: string, value: unknown, count: number) => ({ count, filter: { config: { key, eq: value } }, values: [{ key, value }], statusCounts: [], aggregates: [] });

function treeOf(levels: GroupLevel[], open: string[] = []) {
  return new GroupTree({
    titles: levels.map((_, n) => `level ${n}`),
    readGroups: (level) => Promise.resolve(levels[level]!),
    openPages: (_, changed) => new RunPages((offset, first, counted) => Promise.resolve({ rows: Array.from({ length: Math.min(first, 3 - offset) }, (_, n) => ({ id: `${offset + n}` }) as TableRunFragment), total: counted ? 3 : null }), changed),
    changed: () => undefined,
  }, open);
}

const shown = (tree: GroupTree): string[] => {
  const entries = tree.entries();
  entries.ensure(0, entries.count);
  return Array.from({ length: entries.count }, (_, index) => {
    const entry = entries.at(index);
    return entry.kind === 'group' ? `${'  '.repeat(entry.group.depth)}${JSON.stringify(entry.group.value)} ${entry.group.count}` : entry.kind === 'run' ? `${'  '.repeat(entry.depth)}run ${entry.run?.id ?? '…'}` : `${'  '.repeat(entry.depth)}${entry.text}`;
  });
};

const levels: GroupLevel[] = [{ groups: [group('freeze', 'head', 5), group('freeze', null, 3)], total: 4 }, { groups: [group('lr', 0.1, 3)], total: 1 }];

test('groups open to groups and runs, in their places', async () => {
  const tree = treeOf(levels);
  await settle();
  expect(shown(tree)).toEqual(['"head" 5', 'null 3', '2 smaller groups are not listed; search to narrow them down.']);
  tree.unfold(['/null']);
  expect(shown(tree)).toEqual(['"head" 5', 'null 3', '  Reading …', '2 smaller groups are not listed; search to narrow them down.']);
  await settle();
  tree.unfold(['/null', '/null/0.1']);
  await settle();
  expect(shown(tree)).toEqual(['"head" 5', 'null 3', '  0.1 3', '    run 0', '    run 1', '    run 2', '2 smaller groups are not listed; search to narrow them down.']);
});

test('what is unfolded from the start is read with the rest, and again with it; what is folded and unfolded shows what was unfolded within', async () => {
  const tree = treeOf(levels, ['/null', '/null/0.1', '/gone']);
  await settle();
  const all = ['"head" 5', 'null 3', '  0.1 3', '    run 0'];
  expect(shown(tree).slice(0, 4)).toEqual(all);
  await tree.read();
  await settle();
  expect(shown(tree).slice(0, 4)).toEqual(all);
  tree.unfold(['/null/0.1']);
  expect(shown(tree)).toHaveLength(3);
  tree.unfold(['/null', '/null/0.1']);
  expect(shown(tree).slice(0, 4)).toEqual(all);
});

test('groups that are unfolded one after the other are read once each', async () => {
  const read: number[] = [];
  const tree: GroupTree = new GroupTree({ titles: ['a', 'b'], readGroups: async (level) => (read.push(level), settle().then(() => levels[level]!)), openPages: () => { throw new Error('None is opened.'); }, changed: () => undefined }, []);
  await settle();
  await settle();
  tree.unfold(['/null']);
  tree.unfold(['/null', '/"head"']);
  await settle();
  await settle();
  expect(read).toEqual([0, 1, 1]);
});
