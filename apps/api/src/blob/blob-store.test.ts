import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { mountSmallDisk, testOn } from '../testing-small-disk';
import { BlobStore } from './blob-store';

const home = mkdtempSync(path.join(tmpdir(), 'thaw-blobs-'));
const disk = mountSmallDisk(256 * 1024);
afterAll(() => {
  rmSync(home, { recursive: true });
  disk?.remove();
});

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
const incoming = (folder = home) => readdirSync(path.join(folder, 'blobs/tmp'));

async function* chunks(count: number, failAt = Infinity) {
  for (let index = 0; index < count; index++) {
    if (index === failAt) throw new Error('the line went dead');
    yield Buffer.alloc(64 * 1024, index);
  }
}

test('bytes are found under their digest, once however often they come', async () => {
  const store = await BlobStore.open(home);
  const [first, second] = await Promise.all([store.put(Buffer.from('thaw')), store.put(Buffer.from('thaw'))]);
  expect(first).toEqual({ sha256: sha256('thaw'), size: 4 });
  expect(second).toEqual(first);
  expect((await store.read(first.sha256)).toString()).toBe('thaw');
  expect(store.path(first.sha256)).toBe(path.join(home, 'blobs', first.sha256.slice(0, 2), first.sha256));
  expect(await store.size(sha256('other'))).toBeNull();
  expect(incoming()).toEqual([]);
});

test('nothing is left of bytes that are too many, damaged, or broke off', async () => {
  const store = await BlobStore.open(home);
  await expect(store.put(chunks(3), { maxBytes: 100_000 })).rejects.toMatchObject({ code: 'BLOB_TOO_LARGE' });
  await expect(store.put(Buffer.from('thaw!'), { sha256: sha256('thaw') })).rejects.toMatchObject({ code: 'SHA256_MISMATCH' });
  await expect(store.put(chunks(3, 2))).rejects.toThrow('the line went dead');
  expect(incoming()).toEqual([]);
  expect(existsSync(store.path(sha256('thaw!')))).toBe(false);
});

test('a path cannot be made from anything but a digest', async () => {
  const store = await BlobStore.open(home);
  expect(() => store.path('../../etc/passwd')).toThrow('Not a sha256');
});

test('uploads of dead processes are removed at the start, those of living ones stay', async () => {
  await BlobStore.open(home);
  const uuid = '00000000-0000-4000-8000-000000000000';
  const names = { dead: `${hostname()}-999999999-${uuid}`, own: `${hostname()}-${process.pid}-${uuid}`, parent: `${hostname()}-${process.ppid}-${uuid}`, otherMachine: `elsewhere-1-${uuid}`, stray: 'what-is-this' };
  for (const name of Object.values(names)) writeFileSync(path.join(home, 'blobs/tmp', name), 'half');
  await BlobStore.open(home);
  expect(incoming().sort()).toEqual([names.otherMachine, names.parent].sort());
  for (const name of incoming()) rmSync(path.join(home, 'blobs/tmp', name));
});

testOn(disk)('a full disk is said to be full, keeps nothing, and works again once there is room', async () => {
  const store = await BlobStore.open(disk!.folder);
  const kept = await store.put(chunks(2));
  await expect(store.put(chunks(3, Infinity))).rejects.toMatchObject({ code: 'DISK_FULL', message: expect.stringContaining('Free some space') });
  expect(incoming(disk!.folder)).toEqual([]);
  expect(await store.size(kept.sha256)).toBe(128 * 1024);
  rmSync(store.path(kept.sha256));
  await expect(store.put(chunks(3))).resolves.toMatchObject({ size: 192 * 1024 });
});
