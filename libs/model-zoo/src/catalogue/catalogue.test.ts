import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
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
  for (const { name, digest, address, source, licence, blocks, parameters, size } of catalogue) {
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(address === null).toBe(source === 'BUILT_IN');
    expect(licence).not.toBe('');
    expect(blocks.length).toBeGreaterThan(0);
    expect(size).toBeGreaterThan(parameters);
    expect(findCatalogueEntry(name)?.name).toBe(name);
  }
  expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length);
  expect(findCatalogueEntry('nothing')).toBeNull();
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

test('a digest is what sha256sum would give, whatever the order', () => {
  const [a, b] = [{ path: 'a', sha256: '1'.repeat(64) }, { path: 'b', sha256: '2'.repeat(64) }];
  expect(filesDigest([b, a])).toBe(filesDigest([a, b]));
  expect(filesDigest([a])).toBe(sha256(Buffer.from(`${'1'.repeat(64)}  a\n`)));
});
