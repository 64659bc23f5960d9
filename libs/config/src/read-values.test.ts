import { hyperparameterFields } from './fields';
import { readValues } from './read-values';

const read = (name: string, text: string) => readValues(hyperparameterFields.find((field) => field.name === name)!, text);

test.each([
  ['learningRate', '0.001', [0.001]],
  ['learningRate', ' 0.001 , 3e-4,0.001', [0.001, 0.0003]],
  ['learningRate', '1e-4..1e-2 x5 log', [0.0001, 0.0003162, 0.001, 0.003162, 0.01]],
  ['learningRate', '1e-2 .. 1e-4 x3 LOG', [0.01, 0.001, 0.0001]],
  ['dropout', '0..0.5 x6', [0, 0.1, 0.2, 0.3, 0.4, 0.5]],
  ['dropout', '0..0.5 x2 linear, 0.9', [0, 0.5, 0.9]],
  ['seed', '1..4', [1, 2, 3, 4]],
  ['seed', '4..2', [4, 3, 2]],
  ['batchSize', '16..128 x4 log', [16, 32, 64, 128]],
  ['epochs', '1..4 x9', [1, 2, 3, 4]],
  ['freeze', 'head, full', ['head', 'full']],
  ['horizontalFlip', 'on, off', [true, false]],
  ['freezeUpTo', 'block_3', ['block_3']],
])('%s: "%s"', (name, text, values) => expect(read(name, text)).toEqual({ ok: true, values }));

test.each([
  ['learningRate', 'fast', /"fast" is not a number/],
  ['learningRate', '', /Type a value/],
  ['learningRate', '0.1,', /between two commas, or behind the last/],
  ['learningRate', '0.1..0.5', /how many/],
  ['learningRate', '0..0.5 x5 log', /above 0/],
  ['learningRate', '1..2 x1', /at least two/],
  ['learningRate', '1..2 x5 lgo', /no range/],
  ['seed', '1..1000', /1,000 values; at most 100/],
  ['seed', '1..1e9', /at most 100/],
  ['horizontalFlip', 'maybe', /neither on nor off/],
])('%s: "%s" is refused', (name, text, message) => {
  const result = read(name, text);
  expect(result.ok).toBe(false);
  expect(!result.ok && result.message).toMatch(message);
});
