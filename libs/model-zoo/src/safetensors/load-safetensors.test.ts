import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import sharp from 'sharp';
import { type Architecture, architectures, findArchitectures } from '../architectures';
import { inspectSafetensors } from '../inspect';
import { cleanCuts, layerGraph, layerOutput } from '../layer-graph';
import { loadBackbone } from '../load-backbone';
import { safetensorsFile, tensorsOf, type WrittenTensor } from './testing';

beforeAll(() => tf.setBackend('wasm'));

const [lite0] = findArchitectures('tf_efficientnet_lite0') as [Architecture];
const spec = { ...lite0, name: 'lite0', architecture: lite0.name };
const files = [{ path: 'model.safetensors', sha256: '', size: 0 }];

async function problemsOf(tensors: WrittenTensor[]): Promise<string[]> {
  const before = tf.memory().numTensors;
  const read = () => Promise.resolve(safetensorsFile(tensors));
  const inspected = await inspectSafetensors('model.safetensors', read, lite0.name);
  const problems = inspected.ok ? [] : inspected.problems;
  await expect(loadBackbone(spec, files, read)).rejects.toMatchObject({ name: 'BackboneError', problems });
  expect(tf.memory().numTensors).toBe(before);
  return problems;
}

test.each(architectures)('$family/$name can be cut where it says, and every block starts at a cut', ({ name, family, build, blocks, featureLayer, preprocessing }) => {
  const model = build(tf);
  expect(model.inputs[0]!.shape).toEqual([null, preprocessing.inputSize, preprocessing.inputSize, 3]);
  const graph = layerGraph(layerOutput(model, featureLayer));
  const cuts = cleanCuts(graph);
  const starts = blocks.map(({ firstLayer }) => graph.findIndex(({ layer }) => layer.name === firstLayer));
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
  for (const start of starts) expect(cuts[start - 1]).toBe(true);
  expect(findArchitectures(`${family}/${name}`).map((row) => row.build)).toEqual([build]);
  model.dispose();
});

test('tensors that are missing, of the wrong shape, of another type or too many are all named at once', async () => {
  const tensors = tensorsOf(lite0).filter(({ name }) => name !== 'blocks.3.1.conv_dw.weight').map((tensor) => {
    if (tensor.name === 'classifier.weight') return { ...tensor, shape: [10, 1280] };
    return tensor.name === 'bn1.bias' ? { ...tensor, dtype: 'I32' } : tensor;
  });
  expect(await problemsOf([...tensors, { name: 'blocks.1.0.se.conv.weight', shape: [4, 96, 1, 1] }, { name: 'bn1.num_batches_tracked', shape: [] }])).toEqual([
    'The file lacks 1 of 247 tensors: blocks.3.1.conv_dw.weight [480, 1, 3, 3].',
    'bn1.bias is stored as I32; weights are F32, F16 or BF16.',
    'classifier.weight should be [1000, 1280] but the file holds [10, 1280].',
    'This architecture has no place for 1 of the file\'s tensors: blocks.1.0.se.conv.weight [4, 96, 1, 1]. Is the file of another architecture?',
  ]);
});

test('a file needs an architecture that is known', async () => {
  await expect(loadBackbone({ ...spec, architecture: 'constructor' }, files, () => Promise.reject(new Error('not read')))).rejects.toThrow(/"constructor"\. Known architectures: .*tf_efficientnet_lite0/);
});

test('of two libraries\' architectures of one name, the tensors decide; problems are those with the nearer one', async () => {
  const timms = findArchitectures('timm/efficientnet_b0')[0]!;
  const tensors = tensorsOf(timms);
  const inspected = (name: string, written: WrittenTensor[]) => inspectSafetensors('w', () => Promise.resolve(safetensorsFile(written)), name);
  expect(findArchitectures('efficientnet_b0').map(({ family }) => family).sort()).toEqual(['timm', 'torchvision']);
  expect(await inspected('efficientnet_b0', tensors)).toMatchObject({ ok: true, spec: { architecture: 'efficientnet_b0', blocks: timms.blocks, featureLayer: timms.featureLayer } });
  expect(await inspected('efficientnet_b0', tensors.slice(1))).toEqual({ ok: false, problems: ['The file lacks 1 of 311 tensors: conv_stem.weight [32, 3, 3, 3].'] });
  expect(await inspected('torchvision/efficientnet_b0', tensors)).toMatchObject({ ok: false, problems: [expect.stringMatching(/lacks 3\d\d of \d+ tensors: features\.0\.0\.weight/), expect.stringContaining('no place for')] });
});

const shared = path.resolve(__dirname, '../../../../../shared');
const weights = path.join(shared, 'models/tf_efficientnet_lite0_timm/model.safetensors');
const whenPresent = existsSync(weights) ? test : test.skip;

/** As timm prepares it: short side 256, bicubic, middle 224 × 224, −1 to 1. */
async function picture(name: string): Promise<tf.Tensor4D> {
  const resized = await sharp(path.join(shared, 'datasets/cc0_photos', name)).removeAlpha().resize({ width: 256, height: 256, fit: 'outside', kernel: 'cubic' }).raw().toBuffer({ resolveWithObject: true });
  const { width, height } = resized.info;
  const pixels = await sharp(resized.data, { raw: { width, height, channels: 3 } }).extract({ left: Math.round((width - 224) / 2), top: Math.round((height - 224) / 2), width: 224, height: 224 }).raw().toBuffer();
  return tf.tidy(() => tf.tensor4d(Float32Array.from(pixels, (byte) => (byte / 255 - 0.5) / 0.5), [1, 224, 224, 3]));
}

whenPresent(`EfficientNet-Lite0 sees in two photographs what timm 1.0.31 sees${existsSync(weights) ? '' : ' (skipped: no ../shared/models)'}`, async () => {
  const { model } = await loadBackbone(spec, files, () => readFile(weights));
  for (const [name, expected] of [
    ['chelsea.png', [[282, 0.393], [285, 0.356], [281, 0.17]]],
    ['coffee.png', [[967, 0.951], [968, 0.015], [925, 0.007]]],
  ] as const) {
    const probabilities = [...await (model.predict(await picture(name)) as tf.Tensor).data()].map((probability, index) => [index, probability] as const);
    const top = probabilities.sort(([, a], [, b]) => b - a).slice(0, 3);
    expect(top.map(([index]) => index)).toEqual(expected.map(([index]) => index));
    top.forEach(([, probability], rank) => expect(Math.abs(probability - expected[rank]![1])).toBeLessThan(0.05));
  }
  model.dispose();
}, 60_000);
