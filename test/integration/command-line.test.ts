import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { buildClientSchema, buildSchema, getIntrospectionQuery, type IntrospectionQuery, lexicographicSortSchema, printSchema } from 'graphql';
import { findFreePort } from '@thaw/db/embedded';
import { root } from '../kit/shared-data';
import { thaw, thawJson } from '../kit/thaw-cli';
import { writePictures } from './pictures';
import { install, type Installation } from './programs';

let installation: Installation;
let folder: string;
let url: string;

beforeAll(async () => {
  installation = await install('cli');
  ({ folder, url } = installation);
  await writePictures(path.join(folder, 'pictures'), { train: 3, val: 2 });
}, 60_000);
afterAll(async () => {
  await installation?.[Symbol.asyncDispose]();
}, 60_000);

interface Refusal {
  userErrors: { field: string | null; message: string; code: string }[];
}

/** Runs a command that must fail: its JSON answer, and what it says on stderr. */
async function refused(...args: string[]): Promise<Refusal & { stderr: string }> {
  const { code, stdout, stderr } = await thaw(url, ...args, '--json');
  expect(code).toBe(1);
  return { ...(JSON.parse(stdout) as Refusal), stderr };
}

test('the built API answers the schema that is committed: bundling has renamed no type', async () => {
  const { data } = await thawJson<{ data: IntrospectionQuery }>(url, 'query', getIntrospectionQuery({ specifiedByUrl: true, inputValueDeprecation: true }));
  const answered = printSchema(lexicographicSortSchema(buildClientSchema(data)));
  const committed = printSchema(lexicographicSortSchema(buildSchema(await readFile(path.join(root, 'schema.graphql'), 'utf8'))));
  expect(answered).toBe(committed);
});

test('a folder becomes a dataset, with what was skipped', async () => {
  await writeFile(path.join(folder, 'pictures/train/top/broken.png'), 'no picture');
  await writeFile(path.join(folder, 'pictures/train/top/.hidden.png'), 'secret');
  await writeFile(path.join(folder, 'pictures/LICENCE.txt'), 'CC0');
  const dataset = await thawJson<Record<string, unknown>>(url, 'dataset', 'import', path.join(folder, 'pictures'), '--name', 'halves', '--project', 'tests');
  expect(dataset).toMatchObject({
    name: 'halves', project: 'tests', version: 1, trainCount: 6, valCount: 4,
    id: expect.any(String), digest: expect.stringMatching(/^[0-9a-f]{64}$/),
    classes: [{ name: 'bottom', trainCount: 3, valCount: 2 }, { name: 'top', trainCount: 3, valCount: 2 }],
  });
  const skipped = dataset.skipped as { path: string; reason: string }[];
  expect(skipped.map((file) => file.path).sort()).toEqual(expect.arrayContaining(['train/top/.hidden.png', 'train/top/broken.png']));

  expect(await thawJson(url, 'dataset', 'list', '--project', 'tests')).toEqual([expect.objectContaining({ name: 'halves', digest: dataset.digest })]);
  const { stdout } = await thaw(url, 'dataset', 'list');
  expect(stdout).toMatch(/NAME +PROJECT.*\nhalves +tests/);
}, 60_000);

test('a name that is taken, a class without pictures, a source that is not there', async () => {
  const taken = await refused('dataset', 'import', path.join(folder, 'pictures'), '--name', 'halves', '--project', 'tests');
  expect(taken.userErrors).toEqual([expect.objectContaining({ field: 'name' })]);
  expect(taken.stderr).toContain('halves');

  await writePictures(path.join(folder, 'gap'), { train: 1, val: 1 });
  await mkdir(path.join(folder, 'gap/train/nothing'));
  const gap = await refused('dataset', 'import', path.join(folder, 'gap'), '--name', 'gap');
  expect(gap.stderr).toContain('nothing');

  const absent = await refused('dataset', 'import', path.join(folder, 'absent'), '--name', 'absent');
  expect(absent.userErrors[0]!.message).toContain('There is nothing at');
  expect(await thawJson(url, 'dataset', 'list', '--project', 'tests')).toHaveLength(1);
}, 60_000);

test('every hyperparameter that is wrong is reported at once', async () => {
  const { userErrors, stderr } = await refused('launch', '--project', 'tests', '--dataset', 'halves', '--backbone', 'digits', '--set', 'epochs=0', '--set', 'learnigRate=1e-3', '--set', 'freeze=all');
  expect(userErrors.map((error) => error.field).sort()).toEqual(['config.epochs', 'config.freeze', 'config.learnigRate']);
  expect(stderr).toContain('Did you mean learningRate?');
  expect((await refused('launch', '--dataset', 'halves', '--backbone', 'digits', '--set', 'epochs')).stderr).toContain('"epochs" is not key=value');
  expect((await refused('launch', '--dataset', 'roses', '--backbone', 'digits')).stderr).toContain('roses');
});

test('launch, clone, list, cancel', async () => {
  const launch = ['launch', '--project', 'tests', '--dataset', 'halves', '--backbone', 'digits', '--name', 'first', '--tag', 'a', '--tag', 'b', '--priority', '2', '--set', 'epochs=3', 'learningRate=1e-2'];
  const run = await thawJson<{ id: string }>(url, ...launch);
  expect(run).toMatchObject({
    name: 'first', status: 'QUEUED', endReason: null, metrics: {}, bestEpoch: null, epochs: null, durationSeconds: null, error: null,
    tags: ['a', 'b'], priority: 2, backbone: 'digits', dataset: { name: 'halves', version: 1 }, config: { epochs: 3, learningRate: 0.01 },
  });
  const clone = await thawJson<{ id: string }>(url, 'clone', 'first', '--name', 'second', '--set', 'learningRate=null', '--set', 'dropout=0.5');
  expect(clone).toMatchObject({ parentRun: run.id, config: { epochs: 3, learningRate: 0.001, dropout: 0.5 } });

  expect(await thawJson<{ name: string }[]>(url, 'runs', '--project', 'tests', '--status', 'queued')).toMatchObject([{ name: 'second' }, { name: 'first' }]);
  expect(await thawJson(url, 'runs', '--filter', '{"tag":"a"}', '--name', 'fir', '--limit', '1')).toMatchObject([{ name: 'first' }]);
  expect((await refused('runs', '--status', 'done')).stderr).toContain('Valid: QUEUED');
  expect((await refused('runs', '--filter', '{')).stderr).toContain('is no JSON');
  expect(await thawJson(url, 'runs', '--search', 'tag:a and config.epochs = 3 and name ~ FIR', '--status', 'queued')).toMatchObject([{ name: 'first' }]);
  expect((await refused('runs', '--search', 'tag:a and stauts = done')).stderr).toMatch(/column 11: .*Did you mean status\?/);

  expect(await thawJson(url, 'cancel', 'second')).toMatchObject({ id: clone.id, status: 'CANCELLED', endReason: 'CANCELLED' });
  await thawJson(url, 'cancel', run.id);
  expect((await refused('cancel', 'third')).stderr).toContain('no run named "third"');
  expect((await refused('export', 'first', path.join(folder, 'model'))).stderr).toContain('has no model: it is CANCELLED');
  expect(await thawJson(url, 'metrics', run.id)).toEqual([]);
}, 60_000);

test('a query is answered as it came, and its errors fail the command', async () => {
  const answer = await thawJson(url, 'query', 'query ($name: String!) { project(name: $name) { name datasetCount } }', '--variables', '{"name":"tests"}');
  expect(answer).toEqual({ data: { project: { name: 'tests', datasetCount: 1 } } });
  const { code, stdout } = await thaw(url, 'query', '{ rnus }', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout).errors[0].message).toContain('rnus');
});

test('backbones and trainers are listed; what is no backbone is explained', async () => {
  expect(await thawJson(url, 'backbone', 'list')).toEqual(expect.arrayContaining([expect.objectContaining({ name: 'digits', status: 'READY', source: 'BUILT_IN' })]));
  expect(await thawJson(url, 'trainers')).toEqual([]);
  expect((await refused('backbone', 'import', path.join(folder, 'pictures'), '--name', 'x')).stderr).toContain('has no model.json');
  // A model whose weights were left behind.
  await copyFile(path.join(root, 'libs/model-zoo/builtin/digits/model.json'), path.join(folder, 'model.json'));
  const incomplete = await refused('backbone', 'import', path.join(folder, 'model.json'), '--name', 'x');
  expect(incomplete.userErrors).toEqual([expect.objectContaining({ message: expect.stringContaining('.bin') })]);
  expect((await refused('backbone', 'fetch', 'nothing')).stderr).toContain('nothing');
}, 60_000);

test('without an API every command says where it looked and what to do', async () => {
  const { code, stdout, stderr } = await thaw(`http://127.0.0.1:${await findFreePort(null)}`, 'runs', '--json');
  expect(code).toBe(1);
  expect(JSON.parse(stdout).error.code).toBe('API_UNREACHABLE');
  expect(stderr).toMatch(/cannot be reached.*npm start.*THAW_URL/);
});
