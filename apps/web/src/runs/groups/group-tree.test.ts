import type { TableRunFragment } from '../../generated/graphql';
import { RunPages } from '../table/run-pages';
import { GroupTree, type GroupLevel } from './group-tree';

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));
const group = (key: string, value: unknown, count: number) => ({ count, filter: { config: { key, eq: value } }, values: [{ key, value }], statusCounts: [], aggregates: [] });

function treeOf(levels: GroupLevel[]) {
  return new GroupTree({
    titles: levels.map((_, n) => `level ${n}`),
    readGroups: (level) => Promise.resolve(levels[level]!),
    openPages: (_, changed) => new RunPages((offset, first, counted) => Promise.resolve({ rows: Array.from({ length: Math.min(first, 3 - offset) }, (_, n) => ({ id: `${offset + n}` }) as TableRunFragment), total: counted ? 3 : null }), changed),
    changed: () => undefined,
  });
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
  tree.toggle(tree.roots![1]!);
  expect(shown(tree)).toEqual(['"head" 5', 'null 3', '  Reading …', '2 smaller groups are not listed; search to narrow them down.']);
  await settle();
  tree.toggle(tree.roots![1]!.children![0]!);
  await settle();
  expect(shown(tree)).toEqual(['"head" 5', 'null 3', '  0.1 3', '    run 0', '    run 1', '    run 2', '2 smaller groups are not listed; search to narrow them down.']);
});

test('what was open is open after it was read again', async () => {
  const tree = treeOf([levels[0]!]);
  await settle();
  tree.toggle(tree.roots![0]!);
  await settle();
  await tree.read();
  await settle();
  expect(shown(tree).slice(0, 3)).toEqual(['"head" 5', '  run 0', '  run 1']);
  tree.toggle(tree.roots![0]!);
  expect(shown(tree)).toHaveLength(3);
});
