import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { findCatalogueEntry, loadBackbone } from '@thaw/model-zoo';
import { pictureFolder } from '../scripts/picture-folder';
import { fineTune } from './fine-tune';
import { registerMissingKernels } from './kernels/register-missing-kernels';
import { config, inputsOf, sharedFolder } from './testing';

const backboneFolder = path.join(sharedFolder, 'models/mobilenet_v1_0.25_224_layers');
const flowers = path.join(sharedFolder, 'datasets/flowers_ccby_227');
const present = existsSync(backboneFolder) && existsSync(flowers);
// Skipped where ../shared (weights and photographs that are not ours to publish) is absent.
const whenPresent = present ? test : test.skip;

whenPresent(`a head on MobileNet V1 0.25 tells flowers apart as well as Keras does${present ? '' : ' (skipped: no ../shared)'}`, async () => {
  await tf.setBackend('wasm');
  registerMissingKernels('wasm');
  const files = readdirSync(backboneFolder).map((name) => ({ path: name, sha256: '', size: 0 }));
  const backbone = await loadBackbone(findCatalogueEntry('mobilenet_v1_0.25_224')!, files, (name) => readFile(path.join(backboneFolder, name)));
  const { classes, ...train } = pictureFolder(path.join(flowers, 'train'), 224);
  const val = pictureFolder(path.join(flowers, 'val'), 224);
  const result = await fineTune({ backbone, classes, train, val, config: config({ batchSize: 32, epochs: 30, earlyStopping: true }) });
  // Keras 2.16: 0.83 to 0.84
  expect(result.metrics['val/accuracy']).toBeGreaterThanOrEqual(0.8);

  const saved = Object.fromEntries((await result.saveModel()).map((file) => [file.path, file.bytes]));
  const { modelTopology, weightsManifest } = JSON.parse(new TextDecoder().decode(saved['model.json']));
  const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData: saved['weights.bin']!.slice().buffer }));
  const pictures = await inputsOf(val, 4, 224);
  const probabilities = (model.predict(pictures) as tf.Tensor).dataSync();
  probabilities.forEach((value, index) => expect(Math.abs(value - result.evaluation.probabilities[index]!)).toBeLessThan(1e-4));
  tf.dispose(pictures);
  model.dispose();
  result.dispose();
}, 60_000);
