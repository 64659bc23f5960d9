import { mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { diskFeatureStore } from './disk-feature-store';

let folder: string;
const troubles: Error[] = [];
beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'thaw-features-')); troubles.length = 0; });
afterEach(() => rm(folder, { recursive: true, force: true }));

const size = { rows: 6, values: 5 };
const numbers = (from = 0) => Float32Array.from({ length: 30 }, (_, index) => from + index / 7);
const store = (options: { limitBytes?: number; computedOn?: string } = {}) =>
  diskFeatureStore({ folder, limitBytes: 10_000, computedOn: 'wasm', onTrouble: (error) => troubles.push(error), ...options });

async function write(key: string, values = numbers(), into = store()) {
  const writer = (await into.create(key, size))!;
  await writer.append(values.subarray(0, 20));
  await writer.append(values.subarray(20));
  await (await writer.finish())!.close();
}

async function rowsOf(key: string, indices = [0, 1, 2, 3, 4, 5], from = store()) {
  const table = await from.open(key, size);
  const rows = table && [...(await table.read(indices))];
  await table?.close();
  return rows;
}

test('rows come back in the order asked for, to whoever asks under the same name on the same backend', async () => {
  expect(await rowsOf('a')).toBeNull();
  await write('a');
  expect(await rowsOf('a')).toEqual([...numbers()]);
  const row = (index: number) => [...numbers().subarray(index * 5, index * 5 + 5)];
  expect(await rowsOf('a', [4, 5, 0, 4])).toEqual([row(4), row(5), row(0), row(4)].flat());
  expect(await rowsOf('b')).toBeNull();
  expect(await rowsOf('a', [0], store({ computedOn: 'tfjs-node' }))).toBeNull();
});

test('a file that was cut, changed or is of another size is removed and not used', async () => {
  const damages = [
    (file: string) => truncate(file, 100),
    (file: string) => truncate(file, 0),
    async (file: string) => {
      const bytes = await readFile(file);
      bytes[100]! ^= 1;
      await writeFile(file, bytes);
    },
    async (file: string) => writeFile(file, Buffer.concat([Buffer.from('THAWFT02'), (await readFile(file)).subarray(8)])),
  ];
  for (const damage of damages) {
    await write('a');
    await damage(path.join(folder, (await readdir(folder))[0]!));
    expect(await rowsOf('a')).toBeNull();
    expect(await readdir(folder)).toEqual([]);
  }
  expect(troubles).toEqual([]);
});

test('the tables used longest ago make room, and what a dead trainer left goes', async () => {
  const limitBytes = 2 * (64 + 120);
  const small = store({ limitBytes });
  await write('a', numbers(1), small);
  await write('b', numbers(2), small);
  const old = new Date(Date.now() - 60_000);
  for (const name of await readdir(folder)) await utimes(path.join(folder, name), old, old);
  expect(await rowsOf('a', [0], small)).not.toBeNull();
  await write('c', numbers(3), small);
  expect([await rowsOf('a'), await rowsOf('b'), await rowsOf('c')]).toEqual([[...numbers(1)], null, [...numbers(3)]]);

  const left = path.join(folder, 'left.tmp');
  await writeFile(left, 'x');
  const yesterday = new Date(Date.now() - 86_400_000);
  await utimes(left, yesterday, yesterday);
  await write('d', numbers(4), small);
  await expect(stat(left)).rejects.toThrow('ENOENT');
  expect(await store({ limitBytes: 100 }).create('e', size)).toBeNull();
});

test('a table that is being read outlives its removal', async () => {
  await write('a');
  const table = (await store().open('a', size))!;
  for (const name of await readdir(folder)) await rm(path.join(folder, name));
  expect([...(await table.read([5]))]).toEqual([...numbers().subarray(25)]);
  await table.close();
});

test('what is discarded or not whole leaves no trace; a disk that refuses costs only the table', async () => {
  const writer = (await store().create('a', size))!;
  await writer.append(numbers().subarray(0, 20));
  expect(await writer.finish()).toBeNull();
  expect(troubles[0]!.message).toContain('80 bytes instead of 6 rows of 20');
  const other = (await store().create('a', size))!;
  await other.discard();
  expect(await readdir(folder)).toEqual([]);

  const file = path.join(folder, 'no folder');
  await writeFile(file, '');
  const refused = diskFeatureStore({ folder: file, limitBytes: 10_000, computedOn: '', onTrouble: (error) => troubles.push(error) });
  expect(await refused.create('a', size)).toBeNull();
  expect(await refused.open('a', size)).toBeNull();
  expect(troubles.length).toBe(3);
});

test('several that write the same table at once all come to a whole one', async () => {
  await Promise.all(Array.from({ length: 8 }, () => write('a')));
  expect(await readdir(folder)).toHaveLength(1);
  expect(await rowsOf('a')).toEqual([...numbers()]);
});
