import type { LineageRunFragment } from '../generated/graphql';
import { lineageTree, type LineageNode } from './lineage';

const run = (id: string, config: object, parentRun: { id: string } | null = null): LineageRunFragment =>
  ({ id, name: id, kind: 'MANAGED', status: 'FINISHED', config, parentRun, finalMetrics: [], backbone: { id: 'b', name: 'm', title: 'MobileNet' }, dataset: { id: 'd', version: id === 'child' ? 2 : 1, dataset: { id: 'D', name: 'flowers' } } }) as unknown as LineageRunFragment;

const told = ({ run: { id }, changes, older, children }: LineageNode): unknown => [`${older ? '…' : ''}${id}`, changes?.map(({ key, before, after }) => `${key} ${String(before)}→${String(after)}`) ?? null, children.map(told)];

test('ancestors lead to the run and on to what was cloned from it, each with what it changed', () => {
  const great = run('great', { epochs: 1 }, { id: 'unseen' });
  const grand = run('grand', { epochs: 2 }, great);
  const parent = run('parent', { epochs: 2, freeze: 'head' }, grand);
  const self = run('self', { epochs: 3, freeze: 'head' }, parent);
  const child = run('child', { epochs: 3, freeze: 'head' }, self);
  const grandchild = run('grandchild', { epochs: 4, freeze: 'head' }, child);
  const own = ['self', ['epochs 2→3'], [['child', ['dataset flowers version 1→flowers version 2'], [['grandchild', ['dataset flowers version 2→flowers version 1', 'epochs 3→4'], []]]]]];
  expect(told(lineageTree(self as never, [child, grandchild, run('stranger', {}, { id: 'other' })]))).toEqual(
    ['…great', null, [['grand', ['epochs 1→2'], [['parent', ['freeze undefined→head'], [own]]]]]],
  );
});

test('a run without relatives stands alone', () => {
  expect(told(lineageTree(run('alone', {}) as never, []))).toEqual(['alone', null, []]);
});
