import { isOutOfMemory } from './out-of-memory';

test.each([
  'OOM when allocating tensor with shape[4096,112,112,32] and type float on /job:localhost/replica:0/task:0/device:GPU:0',
  'Array buffer allocation failed',
  'Aborted(OOM). Build with -sASSERTIONS for more info.',
  'memory access out of bounds',
  "terminate called after throwing an instance of 'std::bad_alloc'",
])('%s', (message) => {
  expect(isOutOfMemory(new Error(message))).toBe(true);
});

test.each(['BOOM', 'Error when checking input: expected [null,224,224,3]'])('not %s', (message) => {
  expect(isOutOfMemory(new Error(message))).toBe(false);
});
