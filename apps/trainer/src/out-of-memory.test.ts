import { isOutOfMemory, outOfMemoryMessage } from './out-of-memory';

test.each([
  'OOM when allocating tensor with shape[4096,112,112,32] and type float on /job:localhost/replica:0/task:0/device:GPU:0',
  'Array buffer allocation failed',
  'Aborted(OOM). Build with -sASSERTIONS for more info.',
  'memory access out of bounds',
])('%s', (message) => {
  expect(isOutOfMemory(new Error(message))).toBe(true);
});

test.each(['BOOM', 'Error when checking input: expected [null,224,224,3]'])('not %s', (message) => {
  expect(isOutOfMemory(new Error(message))).toBe(false);
});

test('the batch size to try is half of what did not fit', () => {
  const error = new Error('OOM when allocating tensor');
  expect(outOfMemoryMessage(error, { batchSize: 48, phase: 'fine-tuning' })).toMatch(/phase fine-tuning, 48 pictures at a time\. Try batchSize 24\..*OOM when allocating tensor/);
  // Features are computed 32 at a time: half of 256 would not help.
  expect(outOfMemoryMessage(error, { batchSize: 256, phase: 'features' })).toContain('Try batchSize 16.');
  expect(outOfMemoryMessage(error, { batchSize: 1, phase: 'head' })).toContain('smaller backbone');
});
