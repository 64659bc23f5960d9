import path from 'node:path';
import { readEnv } from './env';

test('everything has a default', () => {
  const read = readEnv({ THAW_BACKEND: '' });
  expect(read).toMatchObject({ ok: true, env: { url: 'http://127.0.0.1:4000', backend: undefined, trainerName: undefined, slots: 1, labels: [], featureCacheBytes: 10e9, blobCacheBytes: 50e9 } });
  expect(read.ok && path.isAbsolute(read.env.cacheFolder)).toBe(true);
});

test('every problem is reported at once, with what is valid', () => {
  const read = readEnv({ THAW_URL: 'localhost', THAW_BACKEND: 'cuda', THAW_TRAINER_RUNS: '0', THAW_TRAINER_LABELS: 'big, Room 3', THAW_FEATURE_CACHE_BYTES: '10 GB' });
  expect(read).toEqual({ ok: false, problems: [expect.stringMatching(/THAW_URL is "localhost".*http:\/\//), expect.stringMatching(/THAW_TRAINER_RUNS is "0".*from 1 to 64/), expect.stringMatching(/THAW_TRAINER_LABELS is "big, Room 3".*separated by commas/), expect.stringMatching(/THAW_BACKEND is "cuda".*tfjs-node-gpu, tfjs-node, wasm, cpu/), expect.stringMatching(/THAW_FEATURE_CACHE_BYTES is "10 GB".*whole number of bytes/)] });
});

test('labels come as a list', () => {
  const read = readEnv({ THAW_TRAINER_LABELS: ' big, room-3,' });
  expect(read.ok && read.env.labels).toEqual(['big', 'room-3']);
});
