import { waysBack } from './ways-back';

const before = [
  { id: 'a', tags: ['even'] },
  { id: 'b', tags: ['odd'] },
  { id: 'c', tags: ['even', 'best'] },
  { id: 'd', tags: [] },
];

test('what a run was tagged with before stays when new tags are taken back', () => {
  expect(waysBack(before, { add: ['even', 'fresh'], remove: [] })).toEqual([
    { ids: ['a', 'c'], add: [], remove: ['fresh'] },
    { ids: ['b', 'd'], add: [], remove: ['even', 'fresh'] },
  ]);
});

test('a run gets back what was taken off it, and no more', () => {
  expect(waysBack(before.slice(0, 3), { add: [], remove: ['even', 'odd'] })).toEqual([
    { ids: ['a', 'c'], add: ['even'], remove: [] },
    { ids: ['b'], add: ['odd'], remove: [] },
  ]);
});
