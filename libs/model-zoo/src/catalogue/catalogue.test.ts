import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { findArchitectures } from '../architectures';
import { findKerasArchitecture } from '../keras/architectures';
import { timmBackbones } from './timm';
import { builtInFolder, catalogue, filesDigest, findCatalogueEntry } from '.';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

function measured(folder: string, names: string[]) {
  const files = names.map((name) => ({ name, bytes: readFileSync(path.join(folder, name)) }));
  return {
    digest: filesDigest(files.map(({ name, bytes }) => ({ path: name, sha256: sha256(bytes) }))),
    size: files.reduce((sum, { bytes }) => sum + bytes.length, 0),
  };
}

test('every row can be verified, and is either built in or has an address and a licence', () => {
  for (const { name, digest, address, source, licence, blocks, parameters, size, picturesPerSecond } of catalogue) {
    if (digest !== null) expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(address === null).toBe(source === 'BUILT_IN');
    expect(licence).not.toBe('');
    expect(blocks.length).toBeGreaterThan(0);
    if (size !== null) expect(size).toBeGreaterThan(parameters);
    expect(picturesPerSecond).toEqual({ native: expect.any(Number), wasm: expect.any(Number), machine: expect.stringMatching(/^\d+ × ./) });
    expect(Math.min(picturesPerSecond!.native, picturesPerSecond!.wasm)).toBeGreaterThan(0);
    expect(findCatalogueEntry(name)?.name).toBe(name);
  }
  expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
  expect(findCatalogueEntry('nothing')).toBeNull();
});

test.each(timmBackbones)('$name is built with as many parameters as its row says', ({ architecture, parameters, blocks, featureLayer }) => {
  const model = findArchitectures(architecture)[0]!.build(tf);
  expect(model.trainableWeights.reduce((sum, { shape }) => sum + tf.util.sizeFromShape(shape as number[]), 0)).toBe(parameters);
  expect(model.layers.map(({ name }) => name)).toEqual(expect.arrayContaining([featureLayer, ...blocks.map(({ firstLayer }) => firstLayer)]));
  model.dispose();
}, 60_000);

test.each(['0.25', '0.50', '0.75', '1.0'])('MobileNet V1 %s has as many weights as its row says', (width) => {
  const model = findKerasArchitecture(`mobilenet_v1_${width === '0.50' ? '0.5' : width}_224`)!.build(tf);
  expect(model.countParams()).toBe(findCatalogueEntry(`mobilenet_v1_${width}_224`)!.parameters);
  model.dispose();
});

test('SqueezeNet 1.1 has as many weights as its row says', () => {
  const model = findKerasArchitecture('squeezenet1_1')!.build(tf);
  expect(model.countParams()).toBe(findCatalogueEntry('squeezenet1_1')!.parameters);
  model.dispose();
});

test('the committed files of the built-in backbone are those of its digest', () => {
  const digits = findCatalogueEntry('digits')!;
  expect(measured(builtInFolder(digits), ['model.json', 'weights.bin'])).toEqual({ digest: digits.digest, size: digits.size });
  expect(() => builtInFolder(findCatalogueEntry('mobilenet_v1_0.25_224')!)).toThrow('not a built-in backbone');
});

const models = path.resolve(__dirname, '../../../../../shared/models');
const whenPresent = existsSync(models) ? test.each : test.skip.each;

whenPresent(['0.25', '0.75'])('the files of MobileNet V1 %s beside the repository are those of its digest', (width) => {
  const folder = path.join(models, `mobilenet_v1_${width}_224_layers`);
  const { digest, size } = findCatalogueEntry(`mobilenet_v1_${width}_224`)!;
  expect(measured(folder, readdirSync(folder).filter((name) => name === 'model.json' || name.startsWith('group')))).toEqual({ digest, size });
});

whenPresent(['squeezenet1_1'])('the file of %s beside the repository is that of its digest', (name) => {
  const { digest, size, address } = findCatalogueEntry(name)!;
  expect(measured(path.join(models, `${name}_keras_notop`), [path.basename(address!)])).toEqual({ digest, size });
});

test('a digest is what sha256sum would give, whatever the order', () => {
  const [a, b] = [{ path: 'a', sha256: '1'.repeat(64) }, { path: 'b', sha256: '2'.repeat(64) }];
  expect(filesDigest([b, a])).toBe(filesDigest([a, b]));
  expect(filesDigest([a])).toBe(sha256(Buffer.from(`${'1'.repeat(64)}  a\n`)));
});
