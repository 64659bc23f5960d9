import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { findArchitectures, loadBackbone, type Preprocessing } from '@thaw/model-zoo';
import { goldenFile } from '@thaw/model-zoo/architectures/testing';
import { tensorsOf } from '@thaw/model-zoo/safetensors/testing';
import { fineTune } from './fine-tune';
import { registerMissingKernels } from './kernels/register-missing-kernels';
import type { PictureSource } from './pictures/picture-source';
import { config, inputsOf } from './testing';

const side = 224;
const preprocessing: Preprocessing = { inputSize: side, resize: 'fill', range: [-1, 1] };

/** Stripes, dark for the one class and bright for the other. */
const stripes = (count: number): PictureSource => ({
  count,
  labels: Int32Array.from({ length: count }, (_, index) => index % 2),
  read: (index) => Promise.resolve(Uint8Array.from({ length: side * side * 3 }, (_, at) => Math.sin(at * (index + 3) * 0.01) * 60 + (index % 2 ? 160 : 90))),
});

// The smallest with padding layers, concatenation and no normalisation; with padding and folded normalisation; with
// weighed channels and hard swish.
const small = ['torchvision/squeezenet1_1', 'timm/efficientnet_lite0', 'torchvision/mobilenet_v3_small'];
test.each(small)('%s is fine-tuned, and what is saved computes the same in plain TensorFlow.js', async (architecture) => {
  await tf.setBackend('wasm');
  registerMissingKernels('wasm');
  const before = tf.memory().numTensors;
  const [row] = findArchitectures(architecture);
  const state_dict = Object.fromEntries(tensorsOf(row!).map(({ name, shape }) => [name, shape]));
  const weights = goldenFile({ state_dict });

  for (const freeze of ['head', 'last_blocks'] as const) {
    const backbone = await loadBackbone({ ...row!, architecture, preprocessing }, [{ path: 'w.safetensors', sha256: '', size: 0 }], () => Promise.resolve(weights));
    const losses: number[] = [];
    const result = await fineTune({
      backbone, classes: ['dark', 'bright'], train: stripes(4), val: stripes(2), config: config({ freeze, epochs: 1, batchSize: 2 }),
      onEpoch: (_, metrics) => { losses.push(metrics['train/loss']!, metrics['val/loss']!); },
    });
    expect(losses.map(Number.isFinite)).toEqual([true, true]);

    const saved = Object.fromEntries((await result.saveModel()).map((file) => [file.path, file.bytes]));
    const { modelTopology, weightsManifest } = JSON.parse(new TextDecoder().decode(saved['model.json']));
    const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData: saved['weights.bin']!.slice().buffer }));
    const pictures = await inputsOf(stripes(2), 2, side);
    const output = model.predict(pictures) as tf.Tensor;
    output.dataSync().forEach((value, index) => expect(Math.abs(value - result.evaluation.probabilities[index]!)).toBeLessThan(1e-4));
    tf.dispose([pictures, output]);
    model.dispose();
    result.dispose();
  }
  expect(tf.memory().numTensors).toBe(before);
}, 60_000);
