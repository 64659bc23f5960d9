import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { backboneFiles } from './backbone-import';
import { listFolder } from './source-files';

let root: string;
beforeEach(async () => { root = await mkdtemp(path.join(tmpdir(), 'thaw-source-')); });
afterEach(() => rm(root, { recursive: true, force: true }));

async function put(file: string, content = 'x') {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), content);
}

test('files, empty folders and what stays at home', async () => {
  await put('train/b/2.jpg');
  await put('train/a/1.jpg');
  await put('.git/config');
  await put('train/a/.DS_Store');
  await mkdir(path.join(root, 'train/c'));
  await put('train/d/.hidden');
  await symlink(root, path.join(root, 'train/b/loop'));
  await symlink(path.join(root, 'gone'), path.join(root, 'train/b/dangling'));
  await symlink(path.join(root, 'train/a'), path.join(root, 'train/e'));
  const { files, emptyFolders, hidden } = await listFolder(root);
  expect(files.map((file) => file.path)).toEqual(['train/a/1.jpg', 'train/b/2.jpg', 'train/e/1.jpg']);
  expect(emptyFolders).toEqual(['train/c', 'train/d']);
  expect(hidden).toEqual(['.git', 'train/a/.DS_Store', 'train/d/.hidden', 'train/e/.DS_Store']);
});

test('a LayersModel is model.json and the shards it names', async () => {
  await put('model.json', JSON.stringify({ weightsManifest: [{ paths: ['shard1', 'gone'] }, { paths: ['shard1'] }] }));
  await put('shard1');
  await put('notes.txt');
  for (const source of [root, path.join(root, 'model.json')]) {
    expect(await backboneFiles(source)).toEqual([
      { path: 'model.json', absolute: path.join(root, 'model.json') },
      { path: 'shard1', absolute: path.join(root, 'shard1') },
    ]);
  }
});

test('a .safetensors file is itself, or the one in its folder', async () => {
  await put('weights/model.safetensors');
  await put('weights/README.md');
  const files = [{ path: 'model.safetensors', absolute: path.join(root, 'weights/model.safetensors') }];
  expect(await backboneFiles(path.join(root, 'weights'))).toEqual(files);
  expect(await backboneFiles(path.join(root, 'weights/model.safetensors'))).toEqual(files);
  await put('weights/other.safetensors');
  expect(await backboneFiles(path.join(root, 'weights'))).toMatch(/several files it could be \(model\.safetensors, other\.safetensors\).*Name the one/);
});

test('what is no backbone is explained', async () => {
  expect(await backboneFiles(path.join(root, 'nothing'))).toMatch(/nothing at .*model\.json/);
  expect(await backboneFiles(root)).toMatch(/has no model\.json and no \.keras, \.h5 or \.safetensors/);
  await put('model.json', JSON.stringify({ weightsManifest: [{ paths: ['../../etc/passwd'] }] }));
  expect(await backboneFiles(root)).toMatch(/outside its folder/);
});
