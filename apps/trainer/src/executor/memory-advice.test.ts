import { outOfMemoryMessage } from './memory-advice';

test('the batch size to try is half of what did not fit', () => {
  const error = new Error('OOM when allocating tensor');
  expect(outOfMemoryMessage(error, { batchSize: 48, phase: 'fine-tuning' })).toMatch(/phase fine-tuning, 48 pictures at a time\. Try batchSize 24\..*OOM when allocating tensor/);
  // Features are computed 32 at a time: half of 256 would not help.
  expect(outOfMemoryMessage(error, { batchSize: 256, phase: 'features' })).toContain('Try batchSize 16.');
  expect(outOfMemoryMessage(error, { batchSize: 1, phase: 'head' })).toContain('smaller backbone');
});
