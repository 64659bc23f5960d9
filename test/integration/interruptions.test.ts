import path from 'node:path';
import { thaw, thawJson } from '../kit/thaw-cli';
import { writePictures } from './pictures';
import { eventually, install, startTrainer, type Installation, type Program } from './programs';

interface Run {
  id: string;
  status: string;
  endReason: string | null;
  error: string | null;
  attempt: number;
  epochs: number | null;
  cancelRequestedAt: string | null;
  endedAt: string | null;
  claims: { outcome: string | null; trainer: { name: string } }[];
  checkpoints: { epoch: number; batch: number }[];
}

type Series = { key: string; points: { steps: number[]; values: number[] } }[];

let installation: Installation;
let url: string;
const trainers: Program[] = [];

function trainer(name: string, slots = 1): Program {
  const started = startTrainer({ url, home: path.join(installation.folder, 'home'), name, slots });
  trainers.push(started);
  return started;
}

beforeAll(async () => {
  installation = await install('interruptions');
  ({ url } = installation);
  await writePictures(path.join(installation.folder, 'pictures'), { train: 16, val: 4 });
  await thawJson(url, 'dataset', 'import', path.join(installation.folder, 'pictures'), '--name', 'halves');
}, 120_000);
afterEach(async () => {
  for (const each of trainers.splice(0)) await each[Symbol.asyncDispose]();
});
afterAll(async () => {
  await installation?.[Symbol.asyncDispose]();
}, 60_000);

const epochs = 12;
const slow = ['freeze=full', 'batchSize=2', 'earlyStopping=false'];
const launch = (name: string, ...settings: string[]) => thawJson<Run>(url, 'launch', '--dataset', 'halves', '--backbone', 'digits', '--name', name, ...slow, ...settings);
const look = async (id: string) =>
  (await thawJson<{ data: { run: Run } }>(url, 'query', `{ run(id: "${id}") { id status endReason error attempt epochs cancelRequestedAt endedAt claims { outcome trainer { name } } checkpoints { epoch batch } } }`)).data.run;
const reaches = (id: string, status: string) => eventually(`the run is ${status}`, async () => {
  const run = await look(id);
  return run.status === status && run;
});
const trains = (id: string) => eventually('the run trains', async () => {
  const run = await look(id);
  return run.status === 'RUNNING' && run.checkpoints.some(({ epoch }) => epoch >= 2) && run;
});
const executorOf = (program: Program, id: string) => Number([...program.output.matchAll(new RegExp(`"id":"${id}".*"executor":(\\d+)`, 'g'))].at(-1)?.[1]);

/** Everything that does not depend on the time or the machine. */
async function numbers(id: string): Promise<Record<string, Series[number]['points']>> {
  const series = await thawJson<Series>(url, 'metrics', id);
  return Object.fromEntries(series.filter(({ key }) => !/^(system|time)\/|^throughput$/.test(key)).map(({ key, points }) => [key, { steps: points.steps, values: points.values }]));
}

let whole: Promise<Record<string, Series[number]['points']>> | undefined;
/** The numbers of the run that nothing interrupts. */
const uninterrupted = () => (whole ??= (async () => {
  const { id } = await launch('whole', `epochs=${epochs}`);
  await reaches(id, 'FINISHED');
  const found = await numbers(id);
  expect(found['val/loss']!.steps).toEqual(Array.from({ length: epochs }, (_, index) => index + 1));
  return found;
})());

test('a paused run is set aside with a checkpoint, and goes on to the same numbers, point by point', async () => {
  trainer('a');
  const { id } = await launch('paused', `epochs=${epochs}`);
  await trains(id);
  await thawJson(url, 'pause', id);
  const paused = await reaches(id, 'PAUSED');
  expect(paused).toMatchObject({ attempt: 1, endReason: null, claims: [{ outcome: 'PAUSED' }] });
  await thawJson(url, 'resume', id);
  expect(await reaches(id, 'FINISHED')).toMatchObject({ epochs, attempt: 1, claims: [{ outcome: 'SETTLED' }, { outcome: 'PAUSED' }] });
  expect(await numbers(id)).toEqual(await uninterrupted());
  const { stdout } = await thaw(url, 'logs', id);
  expect(stdout).toMatch(/epoch 1\/12 .*stopping: paused.*going on from the checkpoint of epoch \d+.*epoch 12\/12 .*pictures\/s/s);
}, 180_000);

test('a trainer that is asked to stop makes a checkpoint and hands its run back; another goes on with it', async () => {
  const first = trainer('b');
  const { id } = await launch('handed over', `epochs=${epochs}`);
  await trains(id);
  expect(await first.end('SIGTERM')).toBe(0);
  expect(await look(id)).toMatchObject({ status: 'QUEUED', attempt: 1, claims: [{ outcome: 'RELEASED', trainer: { name: 'b' } }] });
  trainer('c');
  expect(await reaches(id, 'FINISHED')).toMatchObject({ epochs, attempt: 1, claims: [{ outcome: 'SETTLED', trainer: { name: 'c' } }, { outcome: 'RELEASED' }] });
  expect(await numbers(id)).toEqual(await uninterrupted());
  expect((await thawJson<{ name: string; state: string }[]>(url, 'trainers')).find(({ name }) => name === 'b')).toMatchObject({ state: 'STOPPED' });
}, 180_000);

test('an executor that is killed costs an attempt and no number; the trainer starts another', async () => {
  const program = trainer('d');
  const { id } = await launch('killed', `epochs=${epochs}`);
  await trains(id);
  process.kill(executorOf(program, id), 'SIGKILL');
  expect(await reaches(id, 'FINISHED')).toMatchObject({ epochs, attempt: 2, claims: [{ outcome: 'SETTLED' }, { outcome: 'CRASHED' }] });
  expect(await numbers(id)).toEqual(await uninterrupted());
  expect((await thaw(url, 'logs', id)).stdout).toContain('The process that trained the run was ended by SIGKILL.');
}, 180_000);

test('a run whose executor dies three times before it makes a checkpoint is given up, and why is said', async () => {
  const program = trainer('e');
  const { id } = await launch('deadly', 'epochs=2', 'batchSize=1');
  for (let death = 1, last = 0; death <= 3; death++) {
    last = await eventually('an executor has the run', async () => executorOf(program, id) !== last && executorOf(program, id));
    process.kill(last, 'SIGKILL');
  }
  expect(await reaches(id, 'FAILED')).toMatchObject({ endReason: 'TRAINER_LOST', attempt: 3, error: expect.stringMatching(/SIGKILL.*third loss in a row without a new checkpoint/s) });
}, 120_000);

test('a trainer that stood still until its lease was over writes nothing any more; each epoch is there once', async () => {
  const stopped = trainer('f');
  const { id } = await launch('stood still', `epochs=${epochs}`);
  await trains(id);
  stopped.child.kill('SIGSTOP');
  await installation.database.pool.query('update run set lease_expires_at = now() where id = $1', [id]);
  trainer('g');
  await eventually('another trainer has it', async () => (await look(id)).claims[0]!.trainer.name === 'g');
  stopped.child.kill('SIGCONT');
  await eventually('it notices', async () => stopped.output.includes('stopping: lease lost'));
  expect(await reaches(id, 'FINISHED')).toMatchObject({ epochs, attempt: 2, claims: [{ outcome: 'SETTLED', trainer: { name: 'g' } }, { outcome: 'EXPIRED', trainer: { name: 'f' } }] });
  expect(await numbers(id)).toEqual(await uninterrupted());
}, 180_000);

test('two runs at a time; one is finished early with its best model, one cancelled, both at once', async () => {
  trainer('h', 2);
  const [early, cancelled] = [await launch('early', 'epochs=400'), await launch('cancelled', 'epochs=400')];
  await Promise.all([trains(early.id), trains(cancelled.id)]);
  expect(await thawJson(url, 'trainers')).toContainEqual(expect.objectContaining({ name: 'h', slots: 2, currentRuns: [expect.anything(), expect.anything()] }));
  await Promise.all([thawJson(url, 'finish', early.id), thawJson(url, 'cancel', cancelled.id)]);
  const { endReason, cancelRequestedAt, endedAt } = await reaches(cancelled.id, 'CANCELLED');
  expect(endReason).toBe('CANCELLED');
  // Two seconds, and as much for a machine that is busy; without a hint it would take up to five.
  expect(Date.parse(endedAt!) - Date.parse(cancelRequestedAt!)).toBeLessThan(4_000);
  const ended = await reaches(early.id, 'FINISHED');
  expect(ended.endReason).toBe('EARLY_STOPPED');
  expect(ended.epochs).toBeLessThan(400);
  const { data } = await thawJson<{ data: { run: { artifacts: { kind: string }[] } } }>(url, 'query', `{ run(id: "${early.id}") { artifacts { kind } } }`);
  expect(data.run.artifacts.map(({ kind }) => kind).sort()).toEqual(['EVALUATION', 'MODEL']);
}, 180_000);
