import { advise, type Diagnosis } from './doctor';

const without = (...missing: string[]): Diagnosis['backends'] =>
  (['tfjs-node-gpu', 'tfjs-node', 'wasm', 'cpu'] as const).map((name) => (missing.includes(name) ? { name, loads: false, reason: 'not installed' } : { name, loads: true }));
const api = { url: 'http://127.0.0.1:4000', reachable: true };

test('wasm on a machine without a GPU: build the native backend', () => {
  const advice = advise({ api, chosen: 'wasm', backends: without('tfjs-node-gpu', 'tfjs-node'), gpu: { devices: [], missingLibraries: ['libcuda.so'] } });
  expect(advice).toEqual([expect.stringContaining('`npm run native`')]);
});

test('a GPU that is not used: build the CUDA backend, and what the loader lacks', () => {
  const advice = advise({ api, chosen: 'wasm', backends: without('tfjs-node-gpu', 'tfjs-node'), gpu: { devices: ['H200'], missingLibraries: ['libcudnn.so'] } });
  expect(advice).toEqual([expect.stringContaining('`npm run native -- --cuda`'), expect.stringContaining('libcudnn.so')]);
});

test('nothing to do when the native backend loads and there is no GPU', () => {
  expect(advise({ api, chosen: 'tfjs-node', backends: without('tfjs-node-gpu'), gpu: { devices: [], missingLibraries: ['libcuda.so'] } })).toEqual([]);
});
