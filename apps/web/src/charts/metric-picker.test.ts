import { offered } from './metric-picker';

const common = ['val/loss', 'train/loss'];
const keys = ['a/loss', 'train/loss', 'lr'];

test('each key is offered once, in the group that is nearest', () => {
  expect(offered({ typed: '', chosen: ['val/loss'], recent: ['lr'], common, keys }).map(({ value, group }) => `${group}: ${value}`)).toEqual([
    'Chosen: val/loss', 'Lately used: lr', 'In these runs: train/loss', 'All metrics: a/loss',
  ]);
});

test('what was typed narrows every group, whatever its case', () => {
  expect(offered({ typed: ' LOSS ', chosen: ['lr'], recent: ['lr'], common, keys }).map(({ value }) => value)).toEqual(['val/loss', 'train/loss', 'a/loss']);
});
