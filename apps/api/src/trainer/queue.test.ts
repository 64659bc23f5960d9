import { backbone, run } from '@thaw/db';
import { expireLeases } from '@thaw/db/queries/run/expire-leases';
import { eq, sql } from 'drizzle-orm';
import { startTestApi, type TestApi } from '../testing';
import { givenBackbone, givenDataset } from '../testing-rows';

let api: TestApi;
let trainerId: string;

beforeEach(async () => {
  api = await startTestApi();
  await givenDataset(api.db, 'flowers');
  await givenBackbone(api.db, 'mobile');
  trainerId = await register('t1');
});
afterEach(() => api[Symbol.asyncDispose]());

const errors = 'userErrors { field message code }';
const register = async (name: string): Promise<string> => (await api.gql(`mutation ($input: RegisterTrainerInput!) { registerTrainer(input: $input) { trainer { id } ${errors} } }`, { input: { name, backend: 'cpu' } })).registerTrainer.trainer.id;
const launch = async (input: object = {}): Promise<string> => (await api.gql(`mutation ($input: LaunchRunInput!) { launchRun(input: $input) { run { id } ${errors} } }`, { input: { dataset: 'flowers', backbone: 'mobile', ...input } })).launchRun.run.id;
const claim = async (id = trainerId) => (await api.gql(`mutation ($input: ClaimRunInput!) { claimRun(input: $input) { run { id name status attempt } leaseToken leaseSeconds ${errors} } }`, { input: { trainerId: id } })).claimRun;
const heartbeat = async (input: object) => (await api.gql(`mutation ($input: HeartbeatInput!) { heartbeat(input: $input) { command ${errors} } }`, { input: { trainerId, ...input } })).heartbeat;
const settle = async (input: object) => (await api.gql(`mutation ($input: SettleRunInput!) { settleRun(input: $input) { run { status endReason bestEpoch epochs error backend durationSeconds finalMetrics { key value } } ${errors} } }`, { input })).settleRun;
const release = async (input: object) => (await api.gql(`mutation ($input: ReleaseRunInput!) { releaseRun(input: $input) { run { status attempt } ${errors} } }`, { input })).releaseRun;
const look = async (id: string) => (await api.gql('query ($id: ID!) { run(id: $id) { backend status endReason attempt phase error trainer { name currentRuns { id } } } }', { id })).run;
/** What the sweep does a moment later. */
const expire = async (id: string) => {
  await age(id);
  await expireLeases(api.db);
};
const age = (id: string) => api.db.update(run).set({ leaseExpiresAt: sql`now() - interval '1 second'` }).where(eq(run.id, id));
const codes = ({ userErrors }: { userErrors: { code: string }[] }) => userErrors.map(({ code }) => code);

test('claimers that ask at the same moment never get the same run', async () => {
  const launched = await Promise.all(Array.from({ length: 8 }, () => launch()));
  const claims = await Promise.all(Array.from({ length: 12 }, () => claim()));
  const taken = claims.flatMap(({ run: claimed }) => (claimed ? [claimed.id] : []));
  expect([...taken].sort()).toEqual([...launched].sort());
  expect(new Set(claims.map(({ leaseToken }) => leaseToken)).size).toBe(9);
});

test('highest priority goes first, then the oldest; a backbone that is not there yet waits', async () => {
  await givenBackbone(api.db, 'absent', 'ABSENT');
  await api.db.insert(run).values({ ...(await waitingOn('absent')), name: 'waits', priority: 9 });
  for (const [name, priority] of [['first', 0], ['second', 0], ['urgent', 5]] as const) await launch({ name, priority });
  const order = [];
  for (let next = await claim(); next.run; next = await claim()) order.push(next.run.name);
  expect(order).toEqual(['urgent', 'first', 'second']);
  await api.db.update(backbone).set({ status: 'READY' });
  expect((await claim()).run.name).toBe('waits');
});

async function waitingOn(name: string) {
  const id = await launch();
  const [row] = await api.db.delete(run).where(eq(run.id, id)).returning();
  const [absent] = await api.db.select().from(backbone).where(eq(backbone.name, name));
  return { projectId: row!.projectId, datasetVersionId: row!.datasetVersionId, backboneId: absent!.id, config: row!.config };
}

test('a run goes from claim to settled, and a settle sent twice changes nothing', async () => {
  const id = await launch();
  const { leaseToken, leaseSeconds } = await claim();
  expect(leaseSeconds).toBe(30);
  expect(await heartbeat({ runId: id, leaseToken, phase: 'head' })).toEqual({ command: 'CONTINUE', userErrors: [] });
  expect(await look(id)).toMatchObject({ status: 'RUNNING', phase: 'head', backend: 'cpu', trainer: { name: 't1', currentRuns: [{ id }] } });
  const outcome = { runId: id, leaseToken, status: 'FINISHED', endReason: 'EARLY_STOPPED', bestEpoch: 4, epochs: 9, backend: 'wasm', finalMetrics: [{ key: 'val/accuracy', value: 0.9 }, { key: 'val/loss', value: 'NaN' }] };
  const settled = await settle(outcome);
  expect(settled).toMatchObject({ run: { status: 'FINISHED', endReason: 'EARLY_STOPPED', bestEpoch: 4, epochs: 9, backend: 'wasm', finalMetrics: [{ key: 'val/accuracy', value: 0.9 }, { key: 'val/loss', value: null }] }, userErrors: [] });
  expect(await settle(outcome)).toEqual(settled);
  expect(codes(await settle({ ...outcome, status: 'FAILED', endReason: 'ERROR' }))).toEqual(['LEASE_LOST']);
  expect((await claim()).run).toBeNull();
});

test('a status and a reason that do not belong together are refused', async () => {
  const id = await launch();
  const { leaseToken } = await claim();
  expect(codes(await settle({ runId: id, leaseToken, status: 'FINISHED', endReason: 'ERROR' }))).toEqual(['INVALID_END_REASON']);
  expect(codes(await settle({ runId: id, leaseToken, status: 'QUEUED', endReason: 'COMPLETED' }))).toEqual(['INVALID_STATUS']);
});

test('an expired lease queues the run again; its old token is refused everywhere', async () => {
  const id = await launch();
  const { leaseToken } = await claim();
  await expire(id);
  const second = await claim(await register('t2'));
  expect(second.run).toMatchObject({ id, attempt: 2 });
  expect(await heartbeat({ runId: id, leaseToken })).toMatchObject({ command: 'CANCEL', userErrors: [{ code: 'LEASE_LOST' }] });
  expect(codes(await settle({ runId: id, leaseToken, status: 'FINISHED', endReason: 'COMPLETED' }))).toEqual(['LEASE_LOST']);
  expect(codes(await release({ runId: id, leaseToken }))).toEqual(['LEASE_LOST']);
  expect(await heartbeat({ runId: id, leaseToken: second.leaseToken })).toMatchObject({ command: 'CONTINUE' });
});

test('a heartbeat keeps the lease: the run is not taken back', async () => {
  const id = await launch();
  const { leaseToken } = await claim();
  await age(id);
  await heartbeat({ runId: id, leaseToken });
  await expireLeases(api.db);
  expect((await claim()).run).toBeNull();
  expect((await look(id)).status).toBe('RUNNING');
});

test('a run whose trainers vanish three times is given up', async () => {
  const id = await launch();
  for (const attempt of [1, 2, 3]) {
    expect((await claim()).run).toMatchObject({ id, attempt });
    await expire(id);
  }
  expect((await claim()).run).toBeNull();
  expect(await look(id)).toMatchObject({ status: 'FAILED', endReason: 'TRAINER_LOST', attempt: 3, error: expect.stringContaining('3 times in a row') });
});

test('a run that is handed back waits again and has lost no attempt', async () => {
  const id = await launch();
  for (let time = 0; time < 4; time++) {
    const { leaseToken } = await claim();
    expect(await release({ runId: id, leaseToken })).toEqual({ run: { status: 'QUEUED', attempt: 1 }, userErrors: [] });
  }
});

test('a duration is the time that trainers had the run: neither its pause nor the silence of a lost one counts', async () => {
  const id = await launch();
  const time = async () => (await api.gql('query ($id: ID!) { run(id: $id) { status startedAt countsFrom durationSeconds } }', { id })).run as { status: string; startedAt: string | null; countsFrom: string | null; durationSeconds: number | null };
  const slower = async (seconds: number) => (await api.gql('query ($filter: RunFilter!) { runs(filter: $filter) { totalCount } }', { filter: { duration: { gte: seconds } } })).runs.totalCount as number;
  /** All that happened to it lies so much further back. */
  const pass = (seconds: number) => api.db.execute(sql`update run set started_at = started_at - ${seconds} * interval '1 second', counts_from = counts_from - ${seconds} * interval '1 second', lease_expires_at = lease_expires_at - ${seconds} * interval '1 second'`);
  expect(await time()).toEqual({ status: 'QUEUED', startedAt: null, countsFrom: null, durationSeconds: null });
  const first = await claim();
  await pass(14);
  const { startedAt, countsFrom } = await time();
  expect(countsFrom).toBe(startedAt);
  expect([await slower(13), await slower(20)]).toEqual([1, 0]);
  await api.gql('mutation ($id: ID!) { pauseRun(id: $id) { userErrors { message } } }', { id });
  await release({ runId: id, leaseToken: first.leaseToken });
  await pass(100);
  const paused = await time();
  expect(paused).toMatchObject({ status: 'PAUSED', countsFrom: null, durationSeconds: expect.closeTo(14, -1) });
  await api.gql('mutation ($id: ID!) { resumeRun(id: $id) { userErrors { message } } }', { id });
  expect((await time()).durationSeconds).toBe(paused.durationSeconds);

  await claim();
  expect(await time()).toMatchObject({ startedAt: paused.startedAt, durationSeconds: expect.closeTo(14, -1) });
  await pass(16);
  expect([await slower(29), await slower(40)]).toEqual([1, 0]);
  // The lease ended a second ago; the sweep comes an hour later.
  await api.db.update(run).set({ leaseExpiresAt: sql`now() - interval '1 second'` }).where(eq(run.id, id));
  await pass(3600);
  await expireLeases(api.db);
  expect(await time()).toMatchObject({ status: 'QUEUED', durationSeconds: expect.closeTo(29, -1) });
  const last = await claim();
  await pass(6);
  await settle({ runId: id, leaseToken: last.leaseToken, status: 'FINISHED', endReason: 'COMPLETED', epochs: 1, finalMetrics: [] });
  expect(await time()).toMatchObject({ status: 'FINISHED', countsFrom: null, durationSeconds: expect.closeTo(35, -1) });
  expect([await slower(34), await slower(40)]).toEqual([1, 0]);
});

test('a running run is cancelled through the heartbeat; one that nobody runs any more ends at once', async () => {
  const id = await launch();
  const { leaseToken } = await claim();
  await api.gql('mutation ($id: ID!) { cancelRun(id: $id) { run { status cancelRequestedAt } } }', { id });
  expect(await heartbeat({ runId: id, leaseToken })).toEqual({ command: 'CANCEL', userErrors: [] });
  expect(await settle({ runId: id, leaseToken, status: 'CANCELLED', endReason: 'CANCELLED' })).toMatchObject({ run: { status: 'CANCELLED' }, userErrors: [] });

  const lost = await launch();
  await claim();
  await api.gql('mutation ($id: ID!) { cancelRun(id: $id) { run { status } } }', { id: lost });
  await expire(lost);
  expect((await claim()).run).toBeNull();
  expect(await look(lost)).toMatchObject({ status: 'CANCELLED', endReason: 'CANCELLED' });
});

test('an unknown trainer is told to register; one that starts again keeps its id', async () => {
  expect(codes(await claim('nobody'))).toEqual(['TRAINER_UNKNOWN']);
  expect(codes(await heartbeat({ trainerId: '0197a000-0000-7000-8000-000000000000' }))).toEqual(['TRAINER_UNKNOWN']);
  expect(await register('t1')).toBe(trainerId);
  expect((await api.gql('{ trainers { name alive backend } }')).trainers).toEqual([{ name: 't1', alive: true, backend: 'cpu' }]);
});
