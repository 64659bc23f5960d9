import { toDevice } from './devices';

test('as recorded on an H200', () => {
  expect(toDevice(['NVIDIA H200', '143771', '580.159.04'])).toEqual([{ name: 'NVIDIA H200', memoryBytes: 150_754_820_096, driver: '580.159.04' }]);
});

test('a GPU on the machine’s own memory has none; a sentence is no GPU', () => {
  expect(toDevice(['NVIDIA GB10', '[N/A]', '580.95.05'])).toEqual([{ name: 'NVIDIA GB10', memoryBytes: null, driver: '580.95.05' }]);
  expect(toDevice(['Unable to determine the device handle for GPU0000:0A:00.0: Unknown Error'])).toEqual([]);
});
