import path from 'node:path';
import { readEnv } from './env';

test('everything has a default', () => {
  const read = readEnv({ THAW_BACKEND: '' });
  expect(read).toMatchObject({ ok: true, env: { url: 'http://127.0.0.1:4000', backend: undefined, trainerName: undefined, slots: 1, featureCacheBytes: 10e9 } });
  expect(read.ok && path.isAbsolute(read.env.cacheFolder)).toBe(true);
});

test('every problem is reported at once, with what is valid', () => {
  const read = readEnv({ THAW_URL: 'localhost', THAW_BACKEND: 'cuda', THAW_TRAINER_RUNS: '0', THAW_FEATURE_CACHE_BYTES: '10 GB' });
  expect(read).toEqual({ ok: false, problems: [expect.stringMatching(/THAW_URL is "localhost".*http:\/\//), expect.stringMatching(/THAW_TRAINER_RUNS is "0".*from 1 to 64/), expect.stringMatching(/THAW_BACKEND is "cuda".*tfjs-node-gpu, tfjs-node, wasm, cpu/), expect.stringMatching(/THAW_FEATURE_CACHE_BYTES is "10 GB".*number of bytes/)] });
});
