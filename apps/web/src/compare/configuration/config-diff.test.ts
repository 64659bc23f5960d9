import { compareConfigs, configChanges } from './config-diff';

test('only keys whose values differ are marked, missing ones included', () => {
  const rows = compareConfigs([{ freeze: 'head', epochs: 20, lr: 0.001 }, { freeze: 'full', epochs: 20, lr: 0.001, lastBlocks: 1 }]);
  expect(rows.map((row) => [row.key, row.differs])).toEqual([['freeze', true], ['epochs', false], ['lr', false], ['lastBlocks', true]]);
  expect(rows[3]!.values).toEqual([undefined, 1]);
});

test('values are compared by content', () => {
  expect(configChanges({ betas: [0.9, 0.999] }, { betas: [0.9, 0.999] })).toEqual([]);
  expect(configChanges({ a: 1, b: 2 }, { a: 1, b: 3, c: true })).toEqual([{ key: 'b', before: 2, after: 3 }, { key: 'c', before: undefined, after: true }]);
});

test('one run alone has no differences', () => {
  expect(compareConfigs([{ a: 1 }]).every((row) => !row.differs)).toBe(true);
});
