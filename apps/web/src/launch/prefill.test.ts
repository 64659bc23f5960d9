import { launchAddress, readPrefill } from './prefill';

test('an address fills in what it names, and says what it does not know', () => {
  expect(readPrefill({ dataset: 'flowers', set: ['freeze:full', 'learningRate:0.001,0.0003', 'horizontalFlip:on', 'freezeUpTo:layer:conv1', 'epochz:3', 'epochs'] })).toEqual({
    dataset: 'flowers', backbone: undefined, values: { freeze: 'full', learningRate: '0.001,0.0003', horizontalFlip: true, freezeUpTo: 'layer:conv1' }, unknown: ['epochz:3', 'epochs'],
  });
  expect(readPrefill({ set: 'epochs:3' }).values).toEqual({ epochs: '3' });
});

test('what is written into an address is read out of it again', () => {
  const address = new URLSearchParams(launchAddress({ clone: 'ID', changes: { seed: [2, 3], horizontalFlip: true, freeze: 'full', learningRate: 0.0003 } }));
  expect(address.get('clone')).toBe('ID');
  expect(readPrefill({ set: address.getAll('set') }).values).toEqual({ seed: '2,3', horizontalFlip: true, freeze: 'full', learningRate: '0.0003' });
});
