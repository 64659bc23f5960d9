import { machineFacts } from './machine-facts';

test('facts are named and ordered, what is new keeps its own name', () => {
  expect(machineFacts({ node: '20', backend: 'wasm', cpu: 'EPYC', memoryGiB: 23.5, gpu: { driver: '550' }, swapBytes: 2e9, nothing: null })).toEqual([
    ['Processor', 'EPYC'], ['Memory', '23.5 GiB'], ['Node.js', '20'], ['gpu.driver', '550'], ['swapBytes', '2.0 GB'],
  ]);
  expect(machineFacts(null)).toEqual([]);
});
