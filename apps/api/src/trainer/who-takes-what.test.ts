import { randomUUID } from 'node:crypto';
import { trainer } from '@thaw/db';
import { notify } from '@thaw/db/queries/notify';
import { eq, sql } from 'drizzle-orm';
import { startTestApi, type TestApi } from '../testing';
import { eventually, follow } from '../testing-events';
import { givenBackbone, givenDataset } from '../testing-rows';

let api: TestApi;
beforeEach(async () => {
  api = await startTestApi();
  await givenDataset(api.db, 'flowers');
  await givenBackbone(api.db, 'mobile');
});
afterEach(() => api[Symbol.asyncDispose]());

const errors = 'userErrors { field message code }';
const gib = 2 ** 30;
async function say(field: string, type: string, input: object, answer: string) {
  return (await api.gql(`mutation ($input: ${type}!) { ${field}(input: $input) { ${answer} ${errors} } }`, { input }))[field];
}
const register = async (name: string, facts: object = {}): Promise<string> => (await say('registerTrainer', 'RegisterTrainerInput', { name, backend: 'wasm', ...facts }, 'trainer { id }')).trainer.id;
const launch = async (name: string, constraints?: object): Promise<string> => (await say('launchRun', 'LaunchRunInput', { dataset: 'flowers', backbone: 'mobile', name, constraints }, 'run { id }')).run.id;
const claim = (trainerId: string, more: object = {}) => say('claimRun', 'ClaimRunInput', { trainerId, ...more }, 'run { name } leaseToken');
const nameOf = async (trainerId: string, more: object = {}): Promise<string | undefined> => (await claim(trainerId, more)).run?.name;
const ask = async (field: string, id: string, more = '') => (await api.gql(`mutation ($id: ID!) { ${field}(id: $id${more}) { ${field.endsWith('Trainer') ? 'trainer { state draining }' : 'run { status }'} ${errors} } }`, { id }))[field];

test('labels, memory and name decide who takes a run; its backend and gpu are labels by themselves', async () => {
  const small = await register('small', { labels: ['lab'], memoryBytes: 8 * gib });
  const large = await register('large', { backend: 'tfjs-node-gpu', memoryBytes: 64 * gib });
  const silent = await register('silent');
  await launch('on a gpu', { labels: ['gpu', 'tfjs-node-gpu'] });
  await launch('in the lab', { labels: ['wasm', 'lab'] });
  await launch('large', { memoryGiB: 16 });
  await launch('for large', { trainer: 'large' });
  await launch('a little', { memoryGiB: 6 });
  expect(await nameOf(silent)).toBeUndefined();
  expect(await nameOf(small)).toBe('in the lab');
  expect(await nameOf(small, { freeMemoryBytes: 5 * gib })).toBeUndefined();
  expect(await nameOf(small, { freeMemoryBytes: 6 * gib })).toBe('a little');
  for (const expected of ['on a gpu', 'large', 'for large', undefined]) expect(await nameOf(large)).toBe(expected);
});

test('what is demanded can be changed while a run waits, and is cloned with it', async () => {
  const laptop = await register('laptop');
  const id = await launch('picky', { labels: ['gpu'], memoryGiB: 0.5, trainer: 'big' });
  const update = (input: object) => say('updateRun', 'UpdateRunInput', { id, ...input }, 'run { priority constraints { labels memoryGiB trainer } }');
  expect((await update({ priority: 7 })).run).toEqual({ priority: 7, constraints: { labels: ['gpu'], memoryGiB: 0.5, trainer: 'big' } });
  expect((await say('cloneRun', 'CloneRunInput', { id }, 'run { priority constraints { labels memoryGiB trainer } }')).run).toEqual({ priority: 7, constraints: { labels: ['gpu'], memoryGiB: 0.5, trainer: 'big' } });
  expect(await nameOf(laptop)).toBeUndefined();
  expect((await update({ constraints: {} })).run.constraints).toEqual({ labels: [], memoryGiB: null, trainer: null });
  expect(await nameOf(laptop)).toBe('picky');
  expect((await update({ priority: 1 })).userErrors).toMatchObject([{ code: 'RUN_NOT_WAITING', field: 'priority', message: expect.stringContaining('RUNNING') }]);
});

test('every problem of constraints and of a trainer is told at once', async () => {
  const { userErrors } = await say('launchRun', 'LaunchRunInput', { dataset: 'flowers', backbone: 'mobile', constraints: { labels: ['GPU', 'ok'], memoryGiB: 0, trainer: ' x' } }, 'run { id }');
  expect(userErrors.map(({ field, code }: { field: string; code: string }) => [field, code])).toEqual([['constraints.labels.0', 'INVALID_LABEL'], ['constraints.memoryGiB', 'INVALID_MEMORY'], ['constraints.trainer', 'INVALID_NAME']]);
  const refused = await say('registerTrainer', 'RegisterTrainerInput', { name: 't', backend: 'cpu', labels: ['a b'], memoryBytes: 0.5, slots: 0, devices: [{ name: '', memoryBytes: -1 }] }, 'trainer { id }');
  expect(refused.userErrors.map(({ field }: { field: string }) => field)).toEqual(['labels.0', 'memoryBytes', 'slots', 'devices.0.name', 'devices.0.memoryBytes']);
});

test('a request asked twice, one after the other or at once, takes one run', async () => {
  const id = await register('t');
  await launch('one');
  await launch('two');
  const requestId = randomUUID();
  const answers = await Promise.all([claim(id, { requestId }), claim(id, { requestId })]);
  expect([...answers, await claim(id, { requestId })]).toEqual(Array(3).fill({ run: { name: 'one' }, leaseToken: requestId, userErrors: [] }));
  expect(await nameOf(id)).toBe('two');
  expect((await claim(id, { requestId: 'mine' })).userErrors).toMatchObject([{ code: 'INVALID_ID' }]);
});

test('a trainer that drains gets nothing, also after a restart, and hands back if told to', async () => {
  const id = await register('t');
  const runId = await launch('one');
  await launch('two');
  const { leaseToken } = await claim(id);
  const beat = async () => (await say('heartbeat', 'HeartbeatInput', { trainerId: id, runId, leaseToken }, 'command')).command;
  expect(await ask('drainTrainer', id)).toEqual({ trainer: { state: 'DRAINING', draining: true }, userErrors: [] });
  await register('t');
  expect(await nameOf(id)).toBeUndefined();
  expect(await beat()).toBe('CONTINUE');
  await ask('drainTrainer', id, ', handBack: true');
  expect(await beat()).toBe('RELEASE');
  expect((await ask('resumeTrainer', id)).trainer).toEqual({ state: 'ALIVE', draining: false });
  expect(await beat()).toBe('CONTINUE');
  expect(await nameOf(id)).toBe('two');
  expect((await ask('drainTrainer', randomUUID())).userErrors).toMatchObject([{ code: 'TRAINER_UNKNOWN' }]);
});

test('who said goodbye is stopped and gets nothing until it registers again', async () => {
  const id = await register('t');
  await launch('one');
  expect((await ask('stopTrainer', id)).trainer.state).toBe('STOPPED');
  expect((await claim(id)).userErrors).toMatchObject([{ code: 'TRAINER_UNKNOWN', message: expect.stringContaining('registerTrainer') }]);
  expect(await register('t')).toBe(id);
  expect(await nameOf(id)).toBe('one');
});

test('states go by the clock of the database, whatever that of this process shows', async () => {
  await register('here');
  const lost = await register('lost');
  await api.db.update(trainer).set({ lastSeenAt: sql`now() - interval '16 seconds'` }).where(eq(trainer.id, lost));
  const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000);
  const { trainers } = await api.gql('{ trainers { name state alive } }').finally(() => clock.mockRestore());
  expect(trainers).toEqual([{ name: 'here', state: 'ALIVE', alive: true }, { name: 'lost', state: 'LOST', alive: false }]);
});

test('the strongest wish is the command; its trainer is told of it at once', async () => {
  const id = await register('t');
  const other = await register('other');
  const runId = await launch('one');
  const { leaseToken } = await claim(id);
  const beat = async () => (await say('heartbeat', 'HeartbeatInput', { trainerId: id, runId, leaseToken }, 'command')).command;
  const told: string[] = [];
  const unwatch = api.services.notifier.watch('trainerCommanded', (hint) => void told.push(String(hint)));
  for (const [wish, command] of [['finishRunEarly', 'FINISH'], ['pauseRun', 'PAUSE'], ['resumeRun', 'FINISH'], ['cancelRun', 'CANCEL']] as const) {
    expect((await ask(wish, runId)).userErrors).toEqual([]);
    expect(await beat()).toBe(command);
  }
  expect((await say('releaseRun', 'ReleaseRunInput', { runId, leaseToken }, 'run { status }')).run.status).toBe('CANCELLED');
  unwatch();
  expect(new Set(told)).toEqual(new Set([id]));
  expect(told).not.toContain(other);
});

test('the history of a trainer is paged, newest first, with how each claim ended', async () => {
  const id = await register('t');
  for (const [index, crash] of [null, { signal: 'SIGSEGV' }, { outOfMemory: true, message: 'failed to allocate' }].entries()) {
    const runId = await launch(`run ${index}`);
    const { leaseToken } = await claim(id);
    await say('releaseRun', 'ReleaseRunInput', { runId, leaseToken, crash }, 'run { id }');
    await ask('cancelRun', runId);
  }
  const page = async (after?: string) => (await api.gql('query ($after: String) { trainers { claims(first: 2, after: $after) { totalCount nodes { run { name } outcome reason } pageInfo { hasNextPage endCursor } } } }', { after })).trainers[0].claims;
  const first = await page();
  expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true }, nodes: [{ run: { name: 'run 2' }, outcome: 'CRASHED', reason: expect.stringContaining('out of memory: failed to allocate') }, { run: { name: 'run 1' }, reason: expect.stringContaining('SIGSEGV') }] });
  expect((await page(first.pageInfo.endCursor)).nodes).toEqual([{ run: { name: 'run 0' }, outcome: 'RELEASED', reason: null }]);
});

test('subscribers are told of a run a few at a time, and all of them only while nobody takes it', async () => {
  const followers = 20;
  const following = await Promise.all(Array.from({ length: followers }, () => follow<{ runQueued: { id: string } }>(api, 'queue', 'subscription { runQueued { id } }')));
  const told = (id: string) => following.filter(({ events }) => events.some(({ runQueued }) => runQueued.id === id)).length;
  const everybody = (id: string) => eventually('everybody to be told', () => told(id) === followers);
  const waits = await launch('for nobody');
  await everybody(waits);
  // Somebody was faster than the notice.
  await ask('cancelRun', waits);
  const taken = await launch('for somebody');
  await everybody(taken);
  await ask('cancelRun', taken);
  await eventually('the waves to end', () => api.services.live.queue.idle);
  for (const { events } of following) events.length = 0;
  await notify(api.db, 'runQueued', taken);
  await eventually('the first to be told', () => told(taken) > 0);
  await everybody(await launch('for nobody again'));
  expect(told(taken)).toBe(2);
  await Promise.all(following.map((each) => each.stop()));
});
