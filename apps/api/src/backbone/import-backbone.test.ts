import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findArchitectures } from '@thaw/model-zoo/architectures/index';
import { builtInFolder, findCatalogueEntry } from '@thaw/model-zoo/catalogue/index';
import { safetensorsFile, tensorsOf } from '@thaw/model-zoo/safetensors/testing';
import { startTestApi, type TestApi } from '../testing';
import { upload } from '../testing-files';
import { mobilenet, testWithMobilenet } from './testing-mirror';

let api: TestApi;
beforeAll(async () => void (api = await startTestApi()));
afterAll(() => api[Symbol.asyncDispose]());

const fields = 'name title status source digest licence parameters inputSize preprocessing architecture featureLayer blocks { name } files { path }';
const digits = findCatalogueEntry('digits')!;

function folder(location: string): Record<string, Buffer> {
  return Object.fromEntries(readdirSync(location).map((name) => [name, readFileSync(path.join(location, name))]));
}
async function importBackbone(name: string, files: Record<string, Uint8Array>, rest: object = {}) {
  const uploaded = await Promise.all(Object.entries(files).map(async ([file, bytes]) => ({ path: file, sha256: await upload(api, bytes) })));
  return (await api.gql(`mutation ($input: ImportBackboneInput!) { importBackbone(input: $input) { backbone { ${fields} } userErrors { field code message } } }`, { input: { name, files: uploaded, ...rest } })).importBackbone;
}
const digitsFolder = () => folder(builtInFolder(digits));
const edited = (files: Record<string, Buffer>, edit: (model: any) => void) => { // eslint-disable-line @typescript-eslint/no-explicit-any
  const model = JSON.parse(files['model.json']!.toString());
  edit(model);
  return { ...files, 'model.json': Buffer.from(JSON.stringify(model)) };
};

test('a folder the catalogue knows takes its description, licence and preprocessing; files beside the model do not count', async () => {
  const files = Object.fromEntries(Object.entries(digitsFolder()).map(([name, bytes]) => [`copy/${name}`, bytes]));
  const { backbone, userErrors } = await importBackbone('my digits', files);
  expect(userErrors).toEqual([]);
  expect(backbone).toMatchObject({
    name: 'my digits', title: 'my digits', status: 'READY', source: 'IMPORTED', digest: digits.digest, licence: 'MIT', inputSize: 28,
    preprocessing: digits.preprocessing, featureLayer: digits.featureLayer, blocks: digits.blocks.map(({ name }) => ({ name })), files: [{ path: 'model.json' }, { path: 'weights.bin' }],
  });
});

test('an unknown model is cut and scaled as its importer says', async () => {
  const files = edited(digitsFolder(), (model) => (model.generatedBy = 'somebody else'));
  const layer = digits.blocks[1]!.firstLayer;
  const { backbone } = await importBackbone('cut', files, { featureLayer: layer, preprocessing: { mean: [0.5, 0.5, 0.5], std: [0.2, 0.2, 0.2] }, licence: 'CC0-1.0' });
  expect(backbone).toMatchObject({ title: 'cut', licence: 'CC0-1.0', featureLayer: layer, preprocessing: { inputSize: 28, resize: 'fill', mean: [0.5, 0.5, 0.5], std: [0.2, 0.2, 0.2] } });
  expect(backbone.digest).not.toBe(digits.digest);
  expect((await importBackbone('cut wrongly', files, { featureLayer: 'nowhere' })).userErrors).toEqual([{ field: 'featureLayer', code: 'LAYER_UNKNOWN', message: expect.stringMatching(/no layer "nowhere".*last layers/) }]);
});

test('missing, truncated and wrong-shaped weights are refused by name, and nothing is kept', async () => {
  const whole = digitsFolder();
  const { 'weights.bin': weights, ...without } = whole;
  const problemOf = async (files: Record<string, Buffer>) => {
    const { backbone, userErrors } = await importBackbone('broken', files);
    expect([backbone, userErrors[0]]).toEqual([null, { field: 'files', code: 'INVALID_BACKBONE', message: expect.any(String) }]);
    return userErrors.map(({ message }: { message: string }) => message).join('\n');
  };
  expect(await problemOf(without)).toMatch(/weights\.bin/);
  expect(await problemOf({ ...whole, 'weights.bin': weights!.subarray(0, 1000) })).toMatch(/weights\.bin.*1000 bytes/);
  expect(await problemOf({ 'weights.bin': weights! })).toMatch(/model\.json/);
  const shape = await problemOf(edited(whole, (model) => {
    const kernel = model.weightsManifest[0].weights.find(({ shape }: { shape: number[] }) => shape.length === 4);
    kernel.shape = [kernel.shape[1] * kernel.shape[0], 1, ...kernel.shape.slice(2)];
  }));
  expect(shape).toMatch(/block1_conv1.*\[/);
  expect((await api.gql('{ backbone(name: "broken") { name } }')).backbone).toBeNull();
});

test('what is wrong with the input is told at once', async () => {
  const codes = async (...input: Parameters<typeof importBackbone>) => (await importBackbone(...input)).userErrors.map(({ code }: { code: string }) => code);
  expect(await codes('digits', { '../x': Buffer.from('x') }, { preprocessing: { range: [1, 0] } })).toEqual(['NAME_TAKEN', 'INVALID_PREPROCESSING', 'PATH_ESCAPES']);
  const absent = { input: { name: 'x', files: [{ path: 'model.json', sha256: 'f'.repeat(64) }] } };
  expect((await api.gql('mutation ($input: ImportBackboneInput!) { importBackbone(input: $input) { userErrors { code } } }', absent)).importBackbone.userErrors).toEqual([{ code: 'MISSING_BLOB' }]);
});

test('a .safetensors file is read as the architecture it is named', async () => {
  const architecture = findArchitectures('tf_efficientnet_lite0')[0]!;
  const tensors = tensorsOf(architecture);
  const file = safetensorsFile(tensors);
  const { backbone, userErrors } = await importBackbone('lite0', { 'weights/model.safetensors': file, 'weights/README.md': Buffer.from('read me') }, { architecture: architecture.name, licence: 'Apache-2.0' });
  expect(userErrors).toEqual([]);
  expect(backbone).toMatchObject({
    name: 'lite0', status: 'READY', source: 'IMPORTED', architecture: architecture.name, licence: 'Apache-2.0', featureLayer: 'features', inputSize: 224, preprocessing: architecture.preprocessing,
    blocks: architecture.blocks.map(({ name }) => ({ name })), files: [{ path: 'model.safetensors' }],
  });
  const { backbone: cut } = await importBackbone('lite0 cut', { 'model.safetensors': file }, { architecture: architecture.name, featureLayer: 'blocks.4.2.add' });
  expect(cut.blocks.map(({ name }: { name: string }) => name)).toEqual(['stem', 'block1', 'block2', 'block3', 'block4', 'block5']);

  const errorsOf = async (bytes: Uint8Array, rest: object) => (await importBackbone('broken', { 'model.safetensors': bytes }, rest)).userErrors;
  expect(await errorsOf(file, {})).toEqual([{ field: 'architecture', code: 'ARCHITECTURE_REQUIRED', message: expect.stringContaining('tf_efficientnet_lite0') }]);
  expect(await errorsOf(file, { architecture: 'tf_efficientnet_lite' })).toEqual([{ field: 'architecture', code: 'ARCHITECTURE_UNKNOWN', message: expect.stringContaining('Did you mean "tf_efficientnet_lite0"?') }]);
  expect(await errorsOf(file.subarray(0, 1_000_000), { architecture: architecture.name })).toEqual([{ field: 'files', code: 'INVALID_BACKBONE', message: expect.stringMatching(/^model\.safetensors is cut/) }]);
  const other = safetensorsFile([...tensors.slice(1).map((tensor) => (tensor.name === 'classifier.bias' ? { ...tensor, shape: [10] } : tensor)), { name: 'layer1.0.conv1.weight', shape: [64, 64, 3, 3] }]);
  expect((await errorsOf(other, { architecture: architecture.name })).map(({ message }: { message: string }) => message)).toEqual([
    'The file lacks 1 of 247 tensors: conv_stem.weight [32, 3, 3, 3].',
    'classifier.bias should be [1000] but the file holds [10].',
    expect.stringContaining('layer1.0.conv1.weight [64, 64, 3, 3]'),
  ]);
  expect((await api.gql('{ backbone(name: "broken") { name } }')).backbone).toBeNull();
});

test('a model saved by Keras describes itself; its weights alone need a name', async () => {
  const fixture = (file: string) => readFileSync(path.resolve(__dirname, '../../../../libs/model-zoo/src/keras/fixtures', file));
  const { backbone, userErrors } = await importBackbone('keras', { 'saved/model.keras': fixture('keras3.keras'), 'saved/README.md': Buffer.from('read me') });
  expect(userErrors).toEqual([]);
  expect(backbone).toMatchObject({ name: 'keras', architecture: 'layers_model', inputSize: 16, preprocessing: { range: [0, 255] }, featureLayer: 'norm', files: [{ path: 'model.keras' }] });
  expect((await importBackbone('keras as caffe', { 'model.h5': fixture('keras2.h5') }, { preprocessing: 'caffe' })).backbone).toMatchObject({ preprocessing: { channelOrder: 'bgr', mean: [expect.closeTo(0.485), expect.closeTo(0.458), expect.closeTo(0.408)] } });
  const errorsOf = async (bytes: Uint8Array, rest: object) => (await importBackbone('broken', { 'model.h5': bytes }, rest)).userErrors;
  expect(await errorsOf(fixture('keras2.h5').subarray(0, 20_000), {})).toEqual([{ field: 'files', code: 'INVALID_BACKBONE', message: expect.stringMatching(/is cut: it is 20000 bytes/) }]);
  expect(await errorsOf(fixture('keras2.h5'), { architecture: 'squeezenet' })).toEqual([{ field: 'architecture', code: 'ARCHITECTURE_UNKNOWN', message: expect.stringContaining('Did you mean "squeezenet1_1"?') }]);
});

testWithMobilenet('a catalogue backbone that was not downloaded is filled from a folder, but only with its own files', async () => {
  const name = 'mobilenet_v1_0.25_224';
  expect((await importBackbone(name, digitsFolder())).userErrors).toEqual([{ field: 'name', code: 'NAME_TAKEN', message: expect.stringMatching(/other files.*not 917df63a.*Choose another name/) }]);
  const { backbone, userErrors } = await importBackbone(name, folder(mobilenet));
  expect(userErrors).toEqual([]);
  expect(backbone).toMatchObject({ name, status: 'READY', source: 'CATALOGUE', licence: 'Apache-2.0', inputSize: 224 });
  expect(backbone.files).toHaveLength(56);
  expect((await importBackbone(name, folder(mobilenet))).userErrors).toMatchObject([{ code: 'NAME_TAKEN' }]);
  expect((await importBackbone('mobile', folder(mobilenet))).backbone).toMatchObject({ source: 'IMPORTED', licence: 'Apache-2.0', parameters: 475544, featureLayer: 'conv_pw_13_relu', preprocessing: { inputSize: 224, resize: 'fill', range: [-1, 1] } });
});
