import { existsSync, readdirSync, readFileSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { findFreePort } from '@thaw/db/embedded';
import { thaw, thawJson } from '../kit/thaw-cli';
import { writePictures } from './pictures';
import { install, type Installation } from './programs';

let folder: string;
let url: string;
const installations: Installation[] = [];

/** As after a first start: it has its demo dataset. */
async function another(name: string): Promise<Installation> {
  const made = await install(name);
  installations.push(made);
  return made;
}

beforeAll(async () => {
  ({ folder, url } = await another('first'));
  await writePictures(path.join(folder, 'pictures'), { train: 3, val: 2 });
  await thawJson(url, 'dataset', 'import', path.join(folder, 'pictures'), '--name', 'halves', '--project', 'tests');
}, 60_000);
afterAll(async () => {
  for (const each of installations) await each[Symbol.asyncDispose]();
}, 60_000);

async function refused(at: string, ...args: string[]): Promise<string> {
  const { code, stderr } = await thaw(at, ...args, '--json');
  expect(code).toBe(1);
  return stderr;
}

const runs = (at: string) => thawJson<{ name: string }[]>(at, 'runs').then((list) => list.map(({ name }) => name).sort());

test('runs, datasets and projects are deleted, undeleted, and removed for good', async () => {
  const launched = await thawJson<{ id: string }>(url, 'launch', '--dataset', 'halves', '--backbone', 'digits', '--name', 'one');
  await thawJson(url, 'launch', '--dataset', 'halves', '--backbone', 'digits', '--name', 'two');
  expect(await thawJson(url, 'delete', 'one', 'two')).toMatchObject([{ id: launched.id, name: 'one' }, { name: 'two' }]);
  expect(await runs(url)).toEqual([]);
  expect(await refused(url, 'delete', 'one')).toContain('no run named "one"');
  expect(await thawJson(url, 'undelete', launched.id, 'two')).toMatchObject([{ name: 'one', status: 'QUEUED' }, { name: 'two' }]);
  expect(await runs(url)).toEqual(['one', 'two']);
  expect(await refused(url, 'undelete', 'three')).toContain('No run named "three" is deleted');

  expect(await refused(url, 'dataset', 'delete', 'halves')).toContain('Cancel them first');
  for (const name of ['one', 'two']) await thawJson(url, 'cancel', name);
  const { stdout } = await thaw(url, 'dataset', 'delete', 'halves');
  expect(stdout).toMatch(/Bring back with: thaw dataset undelete/);
  expect(await thawJson(url, 'dataset', 'list', '--project', 'tests')).toEqual([]);
  expect(await thawJson(url, 'dataset', 'undelete', 'halves', '--name', 'both halves')).toMatchObject({ name: 'both halves', project: 'tests', deletedAt: null });
  expect(await refused(url, 'dataset', 'undelete', 'halves')).toContain('No dataset "halves" is deleted');

  await thawJson(url, 'project', 'delete', 'tests');
  expect((await thawJson<{ name: string }[]>(url, 'project', 'list')).map(({ name }) => name)).toEqual(['demo']);
  expect(await thawJson(url, 'project', 'list', '--deleted')).toMatchObject([{ name: 'tests' }]);
  expect(await thawJson(url, 'project', 'undelete', 'tests')).toMatchObject({ name: 'tests', deletedAt: null });

  await thawJson(url, 'delete', 'two');
  expect(await thawJson(url, 'gc', '--older-than', '7d')).toMatchObject({ runs: 0 });
  expect((await thaw(url, 'gc', '--dry-run')).stdout).toContain('would remove 1 run,');
  expect(await thawJson(url, 'gc')).toMatchObject({ runs: 1, datasets: 0, projects: 0, notes: [] });
  expect((await thaw(url, 'gc', '--older-than', 'soon')).stderr).toContain('7d');
  expect(await runs(url)).toEqual(['one']);
}, 60_000);

test('a backup fills a fresh installation, and no other', async () => {
  const file = path.join(folder, 'backups/thaw.tar');
  const { size } = await thawJson<{ size: number }>(url, 'backup', file);
  expect(readFileSync(file)).toHaveLength(size);
  expect(readdirSync(path.dirname(file))).toEqual(['thaw.tar']);

  const { url: second } = await another('second');
  expect((await thaw(second, 'restore', file)).stdout).toMatch(/^restored 2 projects, 2 datasets, 1 run and \d+ files/);
  expect(await runs(second)).toEqual(['one']);
  expect(await thawJson(second, 'dataset', 'list')).toEqual(await thawJson(url, 'dataset', 'list'));
  expect(await thawJson(second, 'launch', '--dataset', 'both halves', '--backbone', 'digits', '--name', 'next')).toMatchObject({ status: 'QUEUED' });
  expect(await refused(second, 'restore', file)).toMatch(/is in use: it has 2 runs/);

  truncateSync(file, size - 5000);
  const { url: third } = await another('third');
  expect(await refused(third, 'restore', file)).toContain('cut short');
  expect(await refused(third, 'restore', path.join(folder, 'nothing.tar'))).toContain('nothing.tar');
  expect(await runs(third)).toEqual([]);
  // Nobody answers: no file, whole or in part.
  expect(await refused(`http://127.0.0.1:${await findFreePort(null)}`, 'backup', path.join(folder, 'backups/none.tar'))).toContain('cannot be reached');
  expect(existsSync(path.join(folder, 'backups/none.tar'))).toBe(false);
  expect(readdirSync(path.dirname(file))).toEqual(['thaw.tar']);
}, 60_000);
