import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { zipSync } from 'fflate';
import { inspectKeras } from '../inspect';
import { loadBackbone } from '../load-backbone';
import { kerasArchitectures } from './architectures';
import { loadKeras } from './load-keras';
import { zipEntries } from './zip-entries';

beforeAll(() => tf.setBackend('wasm'));

const fixture = (name: string) => readFileSync(path.join(__dirname, 'fixtures', name));
const expected = JSON.parse(fixture('expected.json').toString()) as { pictures: number[][]; predictions: Record<string, number[][]> };
const from = (bytes: Uint8Array) => () => Promise.resolve(bytes);

test.each(['keras2.h5', 'keras2.keras', 'keras3.h5', 'keras3.keras'])('%s predicts what Keras does: nested model, operations, scaling inside', async (name) => {
  const before = tf.memory().numTensors;
  const model = await loadKeras(name, from(fixture(name)));
  const predicted = tf.tidy(() => (model.predict(tf.tensor4d(expected.pictures.flat(), [2, 16, 16, 3])) as tf.Tensor).arraySync()) as number[][];
  expected.predictions[name.split('.')[0]!]!.forEach((row, picture) => row.forEach((value, index) => expect(Math.abs(predicted[picture]![index]! - value)).toBeLessThan(1e-4)));
  model.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('a model that scales its pictures is given bytes, and is cut before its head', async () => {
  const inspected = await inspectKeras('keras3.keras', from(fixture('keras3.keras')));
  expect(inspected).toMatchObject({ ok: true, spec: { preprocessing: { inputSize: 16, resize: 'fill', range: [0, 255] }, featureLayer: 'norm' } });
});

const problemsOf = async (name: string, bytes: Uint8Array, architecture?: string) => {
  const before = tf.memory().numTensors;
  const inspected = await inspectKeras(name, from(bytes), architecture);
  expect(tf.memory().numTensors).toBe(before);
  return inspected.ok ? '' : inspected.problems.join('\n');
};

test('files that are cut, damaged or something else are told apart', async () => {
  const whole = fixture('keras2.h5');
  expect(await problemsOf('a.h5', Buffer.from('PK nothing'))).toMatch(/a\.h5 is no HDF5 file.*PK nothi/);
  expect(await problemsOf('a.h5', whole.subarray(0, 20_000))).toMatch(/is cut: it is 20000 bytes and says it has \d+/);
  expect(await problemsOf('a.keras', whole)).toMatch(/is no zip/);
  expect(await problemsOf('a.keras', fixture('keras3.keras').subarray(0, 9_000))).toMatch(/cannot be unpacked.*cut or damaged/);
  expect(await problemsOf('a.keras', zipSync({ 'config.json': Buffer.from('{}') }))).toMatch(/lacks model\.weights\.h5/);
  expect(await problemsOf('a.keras', zipSync({ 'config.json': Buffer.from('{}'), 'model.weights.h5': fixture('nan.h5') }))).not.toBe('');
  expect(await problemsOf('nan.h5', fixture('nan.h5'))).toMatch(/2 of the model's weights hold NaN or infinity: conv\/kernel, conv\/bias/);
});

test('damage anywhere ends in an answer, never in a crash', async () => {
  for (let at = 100; at < 44_000; at += 13_391) {
    const bytes = new Uint8Array(fixture('keras2.h5'));
    bytes.fill(0xff, at, at + 64);
    await problemsOf('a.h5', bytes);
  }
});

test('a zip that would fill the memory is refused unread', () => {
  const bomb = zipSync({ 'config.json': new Uint8Array(9_000_000) });
  expect(() => zipEntries('bomb.keras', bomb, ['config.json'])).toThrow(/says it unpacks to 9000000/);
  expect(() => zipEntries('bomb.keras', bomb, ['other.json'])).not.toThrow();
});

test('what TensorFlow.js cannot do, and weights that are not there, are named by layer', async () => {
  const { 'config.json': config, ...rest } = zipEntries('keras3.keras', fixture('keras3.keras'), ['config.json', 'metadata.json', 'model.weights.h5']);
  const edited = (edit: (text: string) => string) => zipSync({ ...rest, 'config.json': Buffer.from(edit(Buffer.from(config!).toString())) }, { level: 0 });
  expect(await problemsOf('a.keras', edited((text) => text.replaceAll('"LayerNormalization"', '"LayerScale"')))).toBe('a.keras uses layer LayerScale (norm), which TensorFlow.js does not have. Save the part of the model before it, or another model.');
  expect(await problemsOf('a.keras', edited((text) => text.replace('"filters": 12', '"filters": 13')))).toMatch(/separable should have .*\[13\] but has .*\[12\]/);
  expect(await problemsOf('a.keras', edited((text) => text.replace('"filters": 12', '"filters": 1000000000')))).toMatch(/layer separable should have at least 9000000000 weights, but the file holds/);
  expect(await problemsOf('a.keras', edited((text) => text.replace('"class_name": "Functional"', '"class_name": "MyModel"').replaceAll('"layers"', '"parts"')))).toMatch(/MyModel, which is Python code/);
});

test.each(kerasArchitectures)('$name can be cut where it says', ({ build, blocks, featureLayer, preprocessing }) => {
  const model = build(tf);
  const names = model.layers.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining([featureLayer, ...blocks.map(({ firstLayer }) => firstLayer)]));
  expect(model.inputs[0]!.shape).toEqual([null, preprocessing.inputSize, preprocessing.inputSize, 3]);
  model.dispose();
});

const squeezenet = path.resolve(__dirname, '../../../../../shared/models/squeezenet1_1_keras_notop/squeezenet_weights_tf_dim_ordering_tf_kernels_notop.h5');
const whenPresent = existsSync(squeezenet) ? test : test.skip;

whenPresent(`weights alone fill the architecture they are named, and blue first is turned red first${existsSync(squeezenet) ? '' : ' (skipped: no ../shared/models)'}`, async () => {
  const read = from(readFileSync(squeezenet));
  expect(await problemsOf('w.h5', readFileSync(squeezenet))).toMatch(/holds weights alone.*model\.save.*squeezenet1_1/);
  expect(await problemsOf('w.h5', readFileSync(squeezenet), 'mobilenet_v1_0.25_224')).toMatch(/lacks 53 of the 5\d layers.*\n.*no place for 24 of the layers in w\.h5: fire2\/squeeze1x1/);
  const inspected = await inspectKeras('w.h5', read, 'squeezenet1_1');
  if (!inspected.ok) throw new Error(inspected.problems.join());
  expect(inspected).toMatchObject({ parameters: 722_496, spec: { preprocessing: { inputSize: 227, channelOrder: 'bgr' } } });
  const { model, spec } = await loadBackbone(inspected.spec, [{ path: 'w.h5', sha256: '', size: 0 }], read);
  expect(spec.preprocessing.channelOrder).toBeUndefined();
  const asStored = await loadKeras('w.h5', read, 'squeezenet1_1');
  const difference = tf.tidy(() => {
    const bgr = tf.randomUniform([1, 227, 227, 3], -120, 130, 'float32', 3);
    const [one, other] = [model.predict(tf.reverse(bgr, 3)) as tf.Tensor, asStored.predict(bgr) as tf.Tensor];
    return tf.max(tf.abs(tf.sub(one, other))).div(tf.max(other)).dataSync()[0]!;
  });
  expect(difference).toBeLessThan(1e-5);
  model.dispose();
  asStored.dispose();
});
