import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@thaw/db/testing';
import { findFreePort } from '@thaw/db/embedded';
import { reloadAndPredict } from '../kit/reload-export';
import { thaw, thawJson } from '../kit/thaw-cli';
import { writePictures } from './pictures';
import { eventually, startApi, startTrainer, type Program } from './programs';

interface Run {
  id: string;
  status: string;
  endReason: string | null;
  metrics: Record<string, number>;
  bestEpoch: number | null;
  epochs: number | null;
  durationSeconds: number | null;
  backend: string | null;
  attempt: number;
  phase: string | null;
}

type Series = { key: string; points: { steps: number[]; values: number[] } }[];

let folder: string;
let database: TestDatabase;
let port: number;
let url: string;
let api: Program;
let trainer: Program;
const startAgain = async () => { api = await startApi({ port, databaseUrl: database.url, home: path.join(folder, 'home') }); };
const startTrainerAgain = () => { trainer = startTrainer({ url, home: path.join(folder, 'home') }); };

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'thaw-trainer-'));
  database = await createTestDatabase();
  port = await findFreePort(null);
  url = `http://127.0.0.1:${port}`;
  // The trainer first: it waits for its API.
  startTrainerAgain();
  await eventually('the trainer looks for its API', async () => trainer.output.includes('cannot be reached'));
  await startAgain();
  await writePictures(path.join(folder, 'pictures'), { train: 24, val: 8 });
  await thawJson(url, 'dataset', 'import', path.join(folder, 'pictures'), '--name', 'halves');
}, 120_000);
afterAll(async () => {
  await trainer?.[Symbol.asyncDispose]();
  await api?.[Symbol.asyncDispose]();
  await database?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

const launch = (...options: string[]) => thaw(url, 'launch', '--dataset', 'halves', '--backbone', 'digits', '--json', ...options);
/** Long enough to be interrupted. */
const slow = ['--set', 'epochs=400', '--set', 'earlyStopping=false', '--set', 'freeze=full', '--set', 'batchSize=4'];
const runNamed = async (name: string) => (await thawJson<Run[]>(url, 'runs', '--name', name))[0]!;
const stepsOf = async (id: string) => (await thawJson<Series>(url, 'metrics', id, '--key', 'val/loss'))[0]?.points.steps ?? [];

test('a run is claimed, trained, reported and settled; the command waits for it', async () => {
  const { code, stdout, stderr } = await launch('--name', 'plain', '--set', 'epochs=4', '--set', 'earlyStopping=false', '--wait');
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const run = JSON.parse(stdout) as Run;
  expect(run).toMatchObject({ status: 'FINISHED', endReason: 'COMPLETED', epochs: 4, backend: 'wasm', attempt: 1 });
  expect(run.bestEpoch).toBeGreaterThanOrEqual(1);
  expect(run.durationSeconds).toBeGreaterThan(0);
  for (const epoch of [1, 2, 3, 4]) expect(stderr).toMatch(new RegExp(`epoch ${epoch}/4 .*val/accuracy \\d`));

  const series = await thawJson<Series>(url, 'metrics', run.id);
  expect(series.map(({ key }) => key)).toEqual(expect.arrayContaining(['train/loss', 'train/accuracy', 'val/loss', 'val/accuracy', 'lr', 'throughput', 'time/data', 'time/step', 'time/evaluation', 'system/memory_percent']));
  // Machine metrics are over seconds.
  for (const { points } of series.filter(({ key }) => !key.startsWith('system/'))) expect(points.steps).toEqual([1, 2, 3, 4]);
  const accuracy = series.find(({ key }) => key === 'val/accuracy')!.points.values;
  expect(run.metrics['val/accuracy']).toBeCloseTo(accuracy[run.bestEpoch! - 1]!, 6);
  expect(run.metrics['val/accuracy']).toBeCloseTo(Math.max(...accuracy), 6);

  const { data } = await thawJson<{ data: { run: { environment: Record<string, unknown>; evaluation: { accuracy: number } } } }>(url, 'query', `{ run(id: "${run.id}") { environment evaluation { accuracy } } }`);
  expect(data.run.environment).toMatchObject({ node: process.versions.node, backend: 'wasm', tfjs: '4.22.0', sharp: expect.stringMatching(/^\d/), thaw: expect.stringMatching(/^\d/), cores: expect.any(Number) });
  expect(data.run.evaluation.accuracy).toBeCloseTo(run.metrics['val/accuracy']!, 6);
  expect(await thawJson(url, 'trainers')).toMatchObject([{ name: 'trainer', alive: true, backend: 'wasm' }]);
}, 120_000);

test('the exported model reloads in plain tfjs and predicts what the trainer saw', async () => {
  const { id } = await runNamed('plain');
  const target = path.join(folder, 'exported/model');
  await mkdir(target, { recursive: true });
  await writeFile(path.join(target, 'mine.txt'), 'keep');
  const occupied = await thaw(url, 'export', id, target, '--json');
  expect(occupied).toMatchObject({ code: 1, stderr: expect.stringContaining('is not empty') });
  expect(await readdir(target)).toEqual(['mine.txt']);

  const exported = await thawJson<{ digest: string }>(url, 'export', id, target, '--force');
  expect(exported.digest).toMatch(/^[0-9a-f]{64}$/);
  expect((await readdir(target)).sort()).toEqual(['labels.json', 'mine.txt', 'model.json', 'preprocessing.json', 'weights.bin']);
  expect(await readdir(path.dirname(target))).toEqual(['model']);
  expect(JSON.parse(await readFile(path.join(target, 'labels.json'), 'utf8'))).toEqual(['bottom', 'top']);

  const answer = await thawJson<{ data: { run: { artifacts: { kind: string; files: { sha256: string }[] }[] } } }>(url, 'query', `{ run(id: "${id}") { artifacts { kind files { sha256 } } } }`);
  const evaluation = answer.data.run.artifacts.find(({ kind }) => kind === 'EVALUATION')!.files[0]!;
  const { worstDifference, compared } = await reloadAndPredict({ url, runId: id, folder: target, evaluationSha256: evaluation.sha256 });
  expect(compared).toBe(16);
  expect(worstDifference).toBeLessThan(1e-4);
}, 60_000);

test('a run says what its pretraining bought, and is sorted by it', async () => {
  const { code, stdout, stderr } = await launch('--name', 'gained', '--set', 'transferGain=both', '--set', 'epochs=3', '--set', 'earlyStopping=false', '--wait');
  expect({ code, stderr }).toMatchObject({ code: 0 });
  const run = JSON.parse(stdout) as Run;
  type Gain = { baseline: string; accuracy: number; gain: number; low: number; high: number; epochs: number; problem: string | null };
  type Answer = { data: { run: { evaluation: { accuracy: number; transferGain: Gain[] } }; best: { nodes: { name: string }[] } } };
  const { data } = await thawJson<Answer>(url, 'query', `{ run(id: "${run.id}") { evaluation { accuracy transferGain { baseline accuracy gain low high epochs problem } } } best: runs(first: 1, orderBy: { field: METRIC, key: "transfer/gain_over_scratch" }) { nodes { name } } }`);
  const { accuracy, transferGain } = data.run.evaluation;
  expect(transferGain).toMatchObject([{ baseline: 'RANDOM_PROBE', epochs: 3, problem: null }, { baseline: 'SCRATCH', epochs: 3, problem: null }]);
  for (const { gain, low, high, ...baseline } of transferGain) {
    expect(gain).toBeCloseTo(accuracy - baseline.accuracy, 9);
    expect(low <= gain && gain <= high).toBe(true);
  }
  expect(run.metrics).toMatchObject({ 'transfer/gain_over_random_probe': transferGain[0]!.gain, 'transfer/gain_over_scratch': transferGain[1]!.gain });
  expect(data.best.nodes).toEqual([{ name: 'gained' }]);
  const series = await thawJson<Series>(url, 'metrics', run.id);
  for (const key of ['twin/val/accuracy', 'probe/train/loss']) expect(series.find((each) => each.key === key)!.points.steps).toEqual([1, 2, 3]);
  expect(run.epochs).toBe(3);
}, 120_000);

test('a run that is cancelled while its baseline trains keeps what it learned itself', async () => {
  const waiting = launch('--name', 'half', '--set', 'transferGain=twin', '--set', 'epochs=60', '--set', 'earlyStopping=false', '--set', 'batchSize=4', '--wait');
  const { id } = await eventually('the twin trains', async () => {
    const run = await runNamed('half');
    return run?.phase === 'twin: fine-tuning' && run;
  });
  await thawJson(url, 'cancel', id);
  const { code, stdout } = await waiting;
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ status: 'CANCELLED', epochs: 60, metrics: { 'val/accuracy': expect.any(Number) } });
  const { data } = await thawJson<{ data: { run: { artifacts: { kind: string }[]; evaluation: { transferGain: unknown[] } } } }>(url, 'query', `{ run(id: "${id}") { artifacts { kind } evaluation { transferGain { gain } } } }`);
  expect(data.run.artifacts.map(({ kind }) => kind).sort()).toEqual(['EVALUATION', 'MODEL']);
  expect(data.run.evaluation.transferGain).toEqual([]);
}, 120_000);

test('no epoch is lost when the API is killed in the middle of a run, and the waiting command sees the end', async () => {
  const waiting = launch('--name', 'outage', '--set', 'epochs=60', '--set', 'earlyStopping=false', '--set', 'freeze=full', '--set', 'batchSize=8', '--wait');
  const { id } = await eventually('the run trains', async () => {
    const run = await runNamed('outage');
    return run?.status === 'RUNNING' && (await stepsOf(run.id)).length > 1 && run;
  });
  await api.end('SIGKILL');
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  await startAgain();
  const { code, stdout, stderr } = await waiting;
  // The message is what a failure here is understood by, and jest shows no more of an object than what was expected of it.
  if (code !== 0) throw new Error(`The waiting command ended with ${code}:\n${stdout}\n${stderr}\nThe trainer:\n${trainer.output}`);
  expect(stderr).toContain('The API is back.');
  expect(JSON.parse(stdout)).toMatchObject({ id, status: 'FINISHED', epochs: 60, attempt: 1 });
  expect(await stepsOf(id)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
}, 180_000);

test('a cancelled run stops, keeps its metrics, and fails the waiting command', async () => {
  const waiting = launch('--name', 'stopped', ...slow, '--wait');
  const { id } = await eventually('the run trains', async () => {
    const run = await runNamed('stopped');
    return run?.status === 'RUNNING' && (await stepsOf(run.id)).length > 1 && run;
  });
  await thawJson(url, 'cancel', id);
  const { code, stdout, stderr } = await waiting;
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('The run was cancelled') });
  expect(JSON.parse(stdout)).toMatchObject({ status: 'CANCELLED', endReason: 'CANCELLED' });
  expect((await stepsOf(id)).length).toBeGreaterThan(1);
}, 120_000);

test('a trainer that lost its lease stops, writes nothing more, and takes the next run', async () => {
  await launch('--name', 'taken', ...slow);
  const { id } = await eventually('the run trains', async () => {
    const run = await runNamed('taken');
    return run?.status === 'RUNNING' && (await stepsOf(run.id)).length > 1 && run;
  });
  await database.pool.query(`update run set lease_token = 'of another trainer', lease_expires_at = now() + interval '1 hour' where id = $1`, [id]);
  await eventually('the trainer notices', async () => trainer.output.includes('stopping: lease lost'));
  const steps = await stepsOf(id);

  const { code } = await launch('--name', 'next', '--set', 'epochs=1', '--wait');
  expect(code).toBe(0);
  expect(await stepsOf(id)).toEqual(steps);
  expect(await runNamed('taken')).toMatchObject({ status: 'RUNNING', endReason: null });
  await database.pool.query(`update run set lease_expires_at = now() where id = $1`, [id]);
  expect(await thawJson(url, 'cancel', id)).toBeDefined();
}, 120_000);

test('a failure of the run itself is told, and the trainer goes on', async () => {
  const { code, stdout, stderr } = await launch('--name', 'diverged', '--set', 'freeze=full', '--set', 'optimizer=sgd', '--set', 'learningRate=10', '--set', 'backboneLearningRate=10', '--set', 'epochs=50', '--wait');
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('Lower learningRate') });
  expect(JSON.parse(stdout)).toMatchObject({ status: 'FAILED', endReason: 'ERROR', error: expect.stringContaining('Lower learningRate') });
}, 120_000);

test('a run that breaks off after some epochs fails, and its best model and evaluation are kept', async () => {
  const { code, stdout } = await launch('--name', 'broken off', '--set', 'freeze=fine_tune', '--set', 'headEpochs=2', '--set', 'epochs=8', '--set', 'optimizer=sgd', '--set', 'learningRate=0.01', '--set', 'backboneLearningRate=10', '--wait');
  expect(code).toBe(1);
  const run = JSON.parse(stdout) as Run;
  expect(run).toMatchObject({ status: 'FAILED', endReason: 'ERROR', error: expect.stringMatching(/became (NaN|Infinity) .*epoch \d+.*Lower learningRate/) });
  expect(run.bestEpoch).toBeGreaterThan(0);
  expect(run.bestEpoch).toBeLessThanOrEqual(run.epochs!);
  expect(run.metrics['val/accuracy']).toBeGreaterThan(0);
  const target = path.join(folder, 'broken off');
  await thawJson(url, 'export', run.id, target);
  expect((await readdir(target)).sort()).toEqual(['labels.json', 'model.json', 'preprocessing.json', 'weights.bin']);
}, 120_000);

test('a share of the pictures is what a run trains on, counts and remembers', async () => {
  await launch('--name', 'quarter', '--set', 'trainShare=0.25', '--set', 'epochs=2', '--wait');
  const { id, status } = await runNamed('quarter');
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: 'query ($id: ID!) { run(id: $id) { environment dataset { trainCount } log(contains: "a share of") { nodes { text } } } }', variables: { id } }) });
  const { data: { run } } = (await response.json()) as { data: { run: { environment: Record<string, unknown>; dataset: { trainCount: number }; log: { nodes: { text: string }[] } } } };
  expect({ status, trainCount: run.dataset.trainCount, ...run.environment }).toMatchObject({ status: 'FINISHED', trainCount: 48, trainPictures: 12, tfjs: expect.any(String) });
  expect(run.log.nodes.map(({ text }) => text)).toEqual(['training on 12 pictures, a share of 0.25 of each class']);
}, 60_000);

test('the learning rate is found before training, its curve logged, and taken', async () => {
  const { code, stdout, stderr } = await launch('--name', 'found', '--set', 'findLearningRate=true', '--set', 'epochs=2', '--wait');
  if (code !== 0) throw new Error(stdout + stderr);
  const { id } = JSON.parse(stdout) as Run;
  const series = async (key: string) => (await thawJson<Series>(url, 'metrics', id, '--key', key))[0]!.points;
  const { steps, values } = await series('lr_find/loss');
  expect(steps).toEqual(values.map((_, index) => index + 1));
  expect((await series('lr_find/lr')).steps).toEqual(steps);
  const [suggestion] = (await series('lr_find/suggestion')).values;
  expect((await series('lr')).values).toEqual([suggestion, suggestion].map((rate) => expect.closeTo(rate!, 9)));
}, 120_000);
