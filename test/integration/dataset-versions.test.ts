import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { thaw, thawJson } from '../kit/thaw-cli';
import { writePictures } from './pictures';
import { install, type Installation } from './programs';

let installation: Installation;
let folder: string;
let url: string;

beforeAll(async () => {
  installation = await install('versions');
  ({ folder, url } = installation);
  await writePictures(path.join(folder, 'pictures'), { train: 3, val: 2 });
  await thawJson(url, 'dataset', 'import', path.join(folder, 'pictures'), '--name', 'places');
}, 60_000);
afterAll(async () => {
  await installation?.[Symbol.asyncDispose]();
}, 60_000);

interface Version { version: number; parent: number | null; trainCount: number; valCount: number; warnings: string[]; duplicateCounts: { exact: number; near: number; leaks: number } }

test('importing under a name that is taken says how to make the next version', async () => {
  const { code, stderr } = await thaw(url, 'dataset', 'import', path.join(folder, 'pictures'), '--name', 'places');
  expect(code).toBe(1);
  expect(stderr).toContain('thaw dataset update DIR --name "places"');
}, 60_000);

test('a version is made, listed, compared, and its duplicates are shown', async () => {
  const more = path.join(folder, 'more/train/top');
  await mkdir(more, { recursive: true });
  await copyFile(path.join(folder, 'pictures/val/top/0.png'), path.join(more, 'leak.png'));
  const made = await thawJson<Version & { name: string }>(url, 'dataset', 'update', path.join(folder, 'more'), '--name', 'places', '--remove', 'train/top/1.png', 'train/bottom/1.png', '--move', 'train/bottom/2.png=val', '--relabel', 'val/bottom/1.png=top');
  expect(made).toMatchObject({ name: 'places', version: 2, parent: 1, trainCount: 4, valCount: 5 });
  expect(made.warnings[0]).toContain('1 picture is in training and in validation');

  const versions = await thawJson<Version[]>(url, 'dataset', 'versions', 'places');
  expect(versions.map(({ version, parent }) => [version, parent])).toEqual([[2, 1], [1, null]]);

  const changes = await thawJson<Record<string, { totalCount: number; nodes: unknown[] }>>(url, 'dataset', 'changes', 'places', '--from', '1', '--to', '2');
  expect(changes).toMatchObject({ added: { totalCount: 1, nodes: [{ path: 'train/top/leak.png' }] }, removed: { totalCount: 2 }, moved: { totalCount: 1 }, relabelled: { totalCount: 1 } });
  const shown = await thaw(url, 'dataset', 'changes', 'places');
  expect(shown.stdout).toMatch(/version 1 → 2[^]*added: 1\n {2}train\/top\/leak\.png {2}\(train, top\)[^]*moved: 1\n {2}train\/bottom\/2\.png {2}\(train, bottom\) → train\/bottom\/2\.png {2}\(val, bottom\)/);

  const { duplicates } = await thawJson<{ duplicates: { exact: boolean; first: { path: string }; second: { path: string } }[] }>(url, 'dataset', 'duplicates', 'places', '--leaks');
  expect(duplicates.filter(({ exact }) => exact)).toMatchObject([{ first: { path: 'train/top/leak.png' }, second: { path: 'val/top/0.png' } }]);
}, 60_000);

test.each([
  [['update', '--name', 'places'], 'Nothing to do'],
  [['update', '--name', 'nowhere', '--remove', 'x'], 'There is no dataset "nowhere"'],
  [['update', '--name', 'places', '--remove', 'x'], 'no picture "x"'],
  [['update', '--name', 'places', '--relabel', 'x'], 'rose/1.jpg=tulip'],
  [['update', '--name', 'places', '--move', 'x=test'], 'neither train nor val'],
  [['update', '/nowhere', '--name', 'places'], 'There is nothing at /nowhere'],
  [['versions', 'nowhere'], 'There is no dataset "nowhere"'],
  [['changes', 'places', '--to', '1'], 'made from no other'],
  [['changes', 'places', '--to', '9'], 'no version 9'],
  [['changes', 'places', '--from', '9'], 'no version 9'],
  [['duplicates', 'places', '--version', '9'], 'no version 9'],
])('thaw dataset %j is refused: %s', async (args, message) => {
  const { code, stderr } = await thaw(url, 'dataset', ...args);
  expect(code).not.toBe(0);
  expect(stderr).toContain(message);
}, 60_000);
