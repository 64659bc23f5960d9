import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { loadLayersModel } from '../load-layers-model';
import { transformerLayers } from './transformer-layers';

beforeAll(() => tf.setBackend('wasm'));

const wave = (shape: number[], step: number) => tf.tensor(Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, index) => Math.sin(index * step)), shape);

/** 3 tokens of 4 channels → 4 tokens → two heads. */
function tinyTransformer(): tf.LayersModel {
  const { classToken, positionEmbedding, attention } = transformerLayers(tf);
  const input = tf.input({ shape: [3, 4] });
  const placed = positionEmbedding({ name: 'positions' }).apply(classToken({ name: 'token' }).apply(input));
  const packed = tf.layers.dense({ name: 'qkv', units: 12 }).apply(placed);
  const model = tf.model({ inputs: input, outputs: attention({ name: 'attention', heads: 2 }).apply(packed) as tf.SymbolicTensor });
  tf.tidy(() => model.setWeights(model.getWeights().map(({ shape }, index) => wave(shape, index + 0.7))));
  return model;
}

test('attention is softmax(q · kᵀ / √size) · v, head by head', () => {
  const packed = wave([1, 3, 12], 0.7);
  const [x] = packed.arraySync() as number[][][];
  const part = (token: number, which: number, head: number) => x![token]!.slice(4 * which + 2 * head, 4 * which + 2 * head + 2);
  const expected = [0, 1, 2].map((token) => [0, 1].flatMap((head) => {
    const [a, b] = part(token, 0, head) as [number, number];
    const powers = [0, 1, 2].map((other) => Math.exp((a * part(other, 1, head)[0]! + b * part(other, 1, head)[1]!) / Math.sqrt(2)));
    const sum = powers.reduce((total, power) => total + power);
    return [0, 1].map((channel) => powers.reduce((mixed, power, other) => mixed + (power / sum) * part(other, 2, head)[channel]!, 0));
  }));
  const mixed = transformerLayers(tf).attention({ heads: 2 }).apply(packed) as tf.Tensor;
  expect(mixed.arraySync()).toEqual([expected.map((row) => row.map((value) => expect.closeTo(value, 5)))]);
  tf.dispose([packed, mixed]);
});

test('every weight gets its gradient, as finite differences have it', () => {
  const model = tinyTransformer();
  const x = wave([2, 3, 4], 0.3);
  const loss = () => tf.tidy(() => tf.sum(tf.mul(model.apply(x) as tf.Tensor, wave([2, 4, 4], 0.9))) as tf.Scalar);
  const { grads } = tf.variableGrads(loss);
  expect(model.trainableWeights).toHaveLength(4);
  for (const weight of model.trainableWeights) {
    const variable = weight.read() as tf.Variable;
    const values = variable.dataSync();
    const slopes = grads[variable.name]!.dataSync();
    for (const index of [0, values.length >> 1, values.length - 1]) {
      const at = (shift: number) => {
        variable.assign(tf.tensor(values.map((value, place) => (place === index ? value + shift : value)), variable.shape));
        return loss().dataSync()[0]!;
      };
      expect((at(1e-2) - at(-1e-2)) / 2e-2).toBeCloseTo(slopes[index]!, 2);
      at(0);
    }
  }
});

test('a saved model with these layers loads again, and computes the same', async () => {
  const model = tinyTransformer();
  const files: Record<string, Uint8Array> = {};
  await model.save(tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
    files['model.json'] = Buffer.from(JSON.stringify({ modelTopology, weightsManifest: [{ paths: ['weights.bin'], weights: weightSpecs }] }));
    files['weights.bin'] = new Uint8Array(weightData as ArrayBuffer);
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
  }));
  const loaded = await loadLayersModel(Object.keys(files).map((path) => ({ path })), async (path) => files[path]!);
  const x = wave([2, 3, 4], 0.3);
  expect((loaded.predict(x) as tf.Tensor).dataSync()).toEqual((model.predict(x) as tf.Tensor).dataSync());
});
