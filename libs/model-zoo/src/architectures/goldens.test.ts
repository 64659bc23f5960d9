import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { findArchitectures } from '.';
import { loadBackbone } from '../load-backbone';
import { logitsModel } from '../logits-model';
import { type Golden, goldenFile, goldenPicture } from './testing';

/** Committed ones, and those beside the repository where it is developed. */
const folders = [path.join(__dirname, 'goldens'), path.resolve(__dirname, '../../../../../shared/goldens')].filter(existsSync);
const goldens = folders.flatMap((folder) => readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => path.join(folder, name)));

beforeAll(() => tf.setBackend('wasm'));

test.each(goldens.map((file) => [path.basename(file, '.json'), file]))('%s computes what PyTorch does', async (_, file) => {
  const golden = JSON.parse(readFileSync(file, 'utf8')) as Golden;
  const [architecture] = findArchitectures(`${golden.family}/${golden.name}`);
  const before = tf.memory().numTensors;
  // By the name alone: where two libraries share it, the tensors must decide.
  const spec = { ...architecture!, architecture: golden.name };
  const { model } = await loadBackbone(spec, [{ path: 'w.safetensors', sha256: '', size: 0 }], () => Promise.resolve(goldenFile(golden)));
  const logits = tf.tidy(() => (logitsModel(model).predict(goldenPicture()) as tf.Tensor).dataSync());

  const largest = Math.max(...golden.logits.map(Math.abs));
  const error = Math.max(...golden.logits.map((wanted, index) => Math.abs(wanted - logits[index]!)));
  expect(logits).toHaveLength(golden.logits.length);
  expect(error / largest).toBeLessThan(1e-3);
  expect(model.trainableWeights.reduce((sum, { shape }) => sum + tf.util.sizeFromShape(shape as number[]), 0)).toBe(golden.parameters);
  model.dispose();
  expect(tf.memory().numTensors).toBe(before);
}, 120_000);
