import { alert, alertDelivery, alertRule, alertWatch, run } from '@thaw/db';
import { mostPerHour } from '@thaw/db/queries/alert/hand-on-alerts';
import { startReceiver, type Receiver } from '@thaw/db/testing-receiver';
import { eq, sql } from 'drizzle-orm';
import { startTestApi, type TestApi } from '../testing';
import { eventually } from '../testing-events';
import { claimNext } from '../testing-queue';
import { givenBackbone, givenDataset } from '../testing-rows';
import { bodies, finish, givenRule, givenRun, givenWebhook, logValues, untilReceived } from './testing-alerts';

let api: TestApi;
let other: TestApi;
let receiver: Receiver;
beforeAll(async () => {
  api = await startTestApi({ THAW_PUBLIC_URL: 'https://thaw.example.org/' });
  other = await api.replica();
  await givenBackbone(api.db, 'mobile');
});
afterAll(async () => {
  await other[Symbol.asyncDispose]();
  await api[Symbol.asyncDispose]();
});
beforeEach(async () => { receiver = await startReceiver(); });
afterEach(() => receiver[Symbol.asyncDispose]());

/** A project of its own, whose alerts go to the receiver. */
let projects = 0;
async function givenProject(): Promise<string> {
  const project = `project ${projects++}`;
  await givenWebhook(api, receiver, { project });
  return project;
}

/** Whatever could still come has come: a run that is noticed last has been told. */
async function settle(project: string): Promise<void> {
  const before = receiver.received.length;
  await givenRule(api, { project, kind: 'RUN_FINISHED', name: 'last' });
  await finish(api, await givenRun(api, project, 'the last'));
  await eventually('the last message', () => bodies(receiver).slice(before).some(({ data }) => data.rule.name === 'last'));
  receiver.received.splice(bodies(receiver).findIndex(({ data }) => data.rule.name === 'last'), 1);
}

test('the end of a run is told once by each rule that asks for it, whichever replica it came to', async () => {
  const project = await givenProject();
  const [failed, lost, early] = [await givenRule(api, { project, kind: 'RUN_FAILED' }), await givenRule(api, { project, kind: 'RUN_FAILED', endReasons: ['TRAINER_LOST'] }), await givenRule(api, { project, kind: 'RUN_FINISHED', endReasons: ['EARLY_STOPPED'] })];
  await givenRule(api, { project, kind: 'RUN_FAILED', enabled: false });
  const [broken, whole] = [await givenRun(api, project, 'broken'), await givenRun(other, project, 'whole')];
  await finish(api, broken, 'FAILED', 'Error: no such file');
  await finish(other, broken, 'FAILED', 'Error: no such file');
  await finish(other, whole);
  // Ended by a trainer that stopped early, or that was lost: as settleRun and expireLeases write it.
  const [stopped, gone] = [await givenRun(api, project, 'stopped'), await givenRun(api, project, 'gone')];
  await api.db.update(run).set({ status: 'FINISHED', endReason: 'EARLY_STOPPED' }).where(eq(run.id, stopped));
  await api.db.update(run).set({ status: 'FAILED', endReason: 'TRAINER_LOST' }).where(eq(run.id, gone));
  // Renamed later: that ends nothing again.
  await api.gql('mutation ($id: ID!) { updateRun(input: { id: $id, name: "renamed" }) { userErrors { message } } }', { id: broken });
  await untilReceived(receiver, 4);
  await settle(project);
  const told = bodies(receiver).map(({ type, data }) => [type, data.rule.id, data.run.id].join(' '));
  expect(told.sort()).toEqual([`run.failed ${failed} ${broken}`, `run.failed ${failed} ${gone}`, `run.failed ${lost} ${gone}`, `run.finished ${early} ${stopped}`].sort());
  const { data, timestamp } = bodies(receiver).find((each) => each.data.run.id === broken)!;
  expect(data).toMatchObject({ text: expect.stringMatching(/failed: an error$/), run: { url: `https://thaw.example.org/p/${encodeURIComponent(project)}/runs/${broken}`, status: 'FAILED', endReason: 'ERROR', error: 'Error: no such file' }, metric: null });
  expect(Date.now() - Date.parse(timestamp)).toBeLessThan(60_000);
});

test('a metric that crosses its threshold is told each time, once, also when a run logs its steps anew or ends right behind', async () => {
  const project = await givenProject();
  await givenRule(api, { project, kind: 'METRIC_CROSSED', key: 'val/accuracy', direction: 'ABOVE', threshold: 0.9 });
  await givenRule(api, { project, kind: 'METRIC_CROSSED', key: 'val/accuracy', direction: 'ABOVE', threshold: 0.9, firstOnly: true, name: 'first' });
  const runId = await givenRun(api, project);
  await logValues(api, runId, 'val/accuracy', [0.5, 0.95, 0.96]);
  await logValues(other, runId, 'train/accuracy', [0.99]);
  await untilReceived(receiver, 2);
  await logValues(other, runId, 'val/accuracy', [0.97, 0.8, 'NaN', 0.91], 3);
  await untilReceived(receiver, 3);
  await logValues(api, runId, 'val/accuracy', [0.5, 0.99], 7);
  await finish(api, runId);
  await untilReceived(receiver, 4);
  await settle(project);
  const told = (name: string) => bodies(receiver).filter(({ data }) => data.rule.name === name).map(({ type, data }) => [type, data.metric!.key, data.metric!.step, data.metric!.value]);
  expect(told('on METRIC_CROSSED')).toEqual([['metric.crossed', 'val/accuracy', 2, 0.95], ['metric.crossed', 'val/accuracy', 6, 0.91], ['metric.crossed', 'val/accuracy', 8, 0.99]]);
  expect(told('first')).toEqual([['metric.crossed', 'val/accuracy', 2, 0.95]]);
  expect(bodies(receiver)[0]!.data.text).toBe('a run val/accuracy is above 0.9: 0.95 at step 2');
});

test('a rule tells of what comes after it was made or changed', async () => {
  const project = await givenProject();
  const [high, low, waiting] = [await givenRun(api, project, 'high'), await givenRun(api, project, 'low'), await givenRun(api, project, 'waiting')];
  for (const [id, value] of [[high, 9], [low, 1], [waiting, 9]] as const) await logValues(api, id, 'loss', [1, value]);
  await finish(api, waiting);
  const rule = await givenRule(api, { project, kind: 'METRIC_CROSSED', key: 'loss', direction: 'ABOVE', threshold: 5, points: 2 });
  for (const id of [high, low]) await logValues(api, id, 'loss', [8, 8, 8], 3);
  await untilReceived(receiver, 1);
  await api.gql('mutation ($id: ID!) { updateAlertRule(input: { id: $id, threshold: 7 }) { userErrors { message } } }', { id: rule });
  await logValues(api, low, 'loss', [1, 8, 8], 6);
  await untilReceived(receiver, 2);
  await settle(project);
  expect(bodies(receiver).map(({ data }) => [data.run.id, data.metric!.step])).toEqual([[low, 4], [low, 8]]);
});

test('a metric that is not finite is told once a run, whichever it is', async () => {
  const project = await givenProject();
  await givenRule(api, { project, kind: 'METRIC_NOT_FINITE' });
  await givenRule(api, { project, kind: 'METRIC_NOT_FINITE', key: 'other', name: 'other' });
  const runId = await givenRun(api, project);
  await logValues(api, runId, 'loss', [1, 'Infinity']);
  await untilReceived(receiver, 1);
  await logValues(api, runId, 'loss', ['NaN', 'NaN'], 3);
  await finish(api, runId, 'FAILED');
  await settle(project);
  expect(bodies(receiver).map(({ type, data }) => [type, data.metric])).toEqual([['metric.not_finite', { key: 'loss', value: 'Infinity', step: 2 }]]);
});

test('a run that beats every other of its project is told when it finishes', async () => {
  const project = await givenProject();
  await givenRule(api, { project, kind: 'BEST_BEATEN', key: 'val/loss', direction: 'BELOW' });
  const scores: [string, number][] = [['first', 0.5], ['worse', 0.7], ['better', 0.3], ['equal', 0.3]];
  const ids = new Map<string, string>();
  for (const [name, value] of scores) {
    const id = await givenRun(api, project, name);
    ids.set(name, id);
    await logValues(api, id, 'val/loss', [1, value, 0.9]);
    await finish(api, id);
    await eventually('it to be looked at', async () => (await api.db.execute(sql`select 1 from alert_check`)).rowCount === 0);
  }
  await untilReceived(receiver, 1);
  await settle(project);
  expect(bodies(receiver).map(({ type, data }) => [type, data.run.name, data.metric!.value, data.best])).toEqual([['best.beaten', 'better', 0.3, { value: 0.5, runId: ids.get('first') }]]);
});

const silence = (ruleId: string, runId: string) => sql`rule_id = ${ruleId} and run_id = ${runId}`;
/** As if the run had been quiet for longer than any rule waits. */
async function pass(ruleId: string, runId: string, minutes: number): Promise<void> {
  await eventually('the run to be watched', async () => (await api.db.$count(alertWatch, silence(ruleId, runId))) === 1);
  await api.db.update(alertWatch).set({ quietSince: sql`now() - ${minutes}::int * interval '1 minute'` }).where(silence(ruleId, runId));
}

test('a run that logs nothing is told once each silence; measuring the machine is no progress, an absent server no silence', async () => {
  const project = await givenProject();
  const rule = await givenRule(api, { project, kind: 'RUN_STALLED', minutes: 30 });
  const runId = await givenRun(api, project);
  await pass(rule, runId, 29);
  await logValues(api, runId, 'loss', [1]);
  await eventually('the metric to be seen', async () => (await api.db.$count(alertWatch, sql`${silence(rule, runId)} and mark not like '%:0' and quiet_since > now() - interval '1 minute'`)) === 1);
  await pass(rule, runId, 29);
  await logValues(api, runId, 'system/cpu', [50]);
  await pass(rule, runId, 31);
  await untilReceived(receiver, 1);
  await logValues(api, runId, 'loss', [2], 2);
  await eventually('the metric to be seen', async () => (await api.db.$count(alertWatch, sql`${silence(rule, runId)} and not told`)) === 1);
  // Nobody was there to log to: the silence begins anew.
  await api.db.transaction(async (tx) => {
    await tx.update(alertRule).set({ lookedAt: sql`now() - interval '1 hour'` }).where(eq(alertRule.id, rule));
    await tx.update(alertWatch).set({ quietSince: sql`now() - interval '1 hour'` }).where(silence(rule, runId));
  });
  await eventually('the silence to begin anew', async () => (await api.db.$count(alertWatch, sql`${silence(rule, runId)} and not told and quiet_since > now() - interval '1 minute'`)) === 1);
  await pass(rule, runId, 31);
  await untilReceived(receiver, 2);
  await settle(project);
  expect(bodies(receiver).map(({ type, data }) => [type, data.run.id, data.minutes])).toEqual([['run.stalled', runId, 30], ['run.stalled', runId, 30]]);
  expect(bodies(receiver)[0]!.data.text).toBe('a run has logged no metric for 30 minutes');
});

test('a run that no trainer takes is told', async () => {
  const project = await givenProject();
  const rule = await givenRule(api, { project, kind: 'RUN_WAITING', minutes: 10 });
  const launch = async (name: string) => (await api.gql('mutation ($input: LaunchRunInput!) { launchRun(input: $input) { run { id } userErrors { message } } }', { input: { project, name, dataset: 'flowers', backbone: 'mobile' } })).launchRun.run.id as string;
  await givenDataset(api.db, 'flowers', project);
  const [taken, left] = [await launch('taken'), await launch('left')];
  for (const id of [taken, left]) await eventually('it to be watched', async () => (await api.db.$count(alertWatch, silence(rule, id))) === 1);
  expect((await claimNext(api)).runId).toBe(taken);
  await pass(rule, left, 11);
  await untilReceived(receiver, 1);
  await settle(project);
  expect(bodies(receiver).map(({ type, data }) => [type, data.run.id])).toEqual([['run.waiting', left]]);
});

test('what is deleted tells nothing, and goes on where it was when it is back', async () => {
  const project = await givenProject();
  const rule = await givenRule(api, { project, kind: 'RUN_FAILED' });
  const change = (mutation: string) => api.gql(`mutation ($id: ID!) { ${mutation}(id: $id) { rule { deletedAt } userErrors { message } } }`, { id: rule });
  expect((await change('deleteAlertRule')).deleteAlertRule).toMatchObject({ rule: { deletedAt: expect.any(String) }, userErrors: [] });
  expect((await api.gql('query ($project: String!) { alertRules(project: $project) { id } deleted: alertRules(project: $project, deleted: true) { id } }', { project }))).toEqual({ alertRules: [], deleted: [{ id: rule }] });
  await finish(api, await givenRun(api, project, 'unseen'), 'FAILED');
  expect((await change('restoreAlertRule')).restoreAlertRule).toEqual({ rule: { deletedAt: null }, userErrors: [] });
  await finish(api, await givenRun(api, project, 'seen'), 'FAILED');
  await untilReceived(receiver, 1);
  await settle(project);
  expect(bodies(receiver).map(({ data }) => data.run.name)).toEqual(['seen']);
});

test('a rule that tells too much is recorded, not sent', async () => {
  const project = await givenProject();
  const rule = await givenRule(api, { project, kind: 'RUN_FAILED' });
  await api.db.execute(sql`insert into run (id, project_id, name, kind, status, config) select gen_random_uuid(), (select id from project where name = ${project}), 'many', 'EXTERNAL', 'RUNNING', '{}' from generate_series(1, ${mostPerHour + 5})`);
  await api.db.update(run).set({ status: 'FAILED', endReason: 'ERROR' }).where(sql`project_id = (select id from project where name = ${project})`);
  await untilReceived(receiver, mostPerHour);
  await eventually('the rest to be recorded', async () => (await api.db.$count(alertDelivery, sql`status = 'SUPPRESSED' and alert_id in (select id from alert where rule_id = ${rule})`)) === 5);
  expect(await api.db.$count(alert, eq(alert.ruleId, rule))).toBe(mostPerHour + 5);
  expect(receiver.received).toHaveLength(mostPerHour);
  expect(new Set(bodies(receiver).map(({ data }) => data.run.id)).size).toBe(mostPerHour);
});

test('a rule that cannot be is refused with every reason', async () => {
  const create = async (input: object) => (await api.gql('mutation ($input: CreateAlertRuleInput!) { createAlertRule(input: $input) { userErrors { field code } } }', { input: { project: 'refusals', name: 'rule', ...input } })).createAlertRule.userErrors.map(({ field, code }: Record<string, string>) => `${field} ${code}`);
  expect(await create({ name: ' ', kind: 'METRIC_CROSSED' })).toEqual(['name INVALID_NAME', 'key FIELD_MISSING', 'direction FIELD_MISSING', 'threshold FIELD_MISSING']);
  expect(await create({ kind: 'RUN_FAILED', endReasons: ['COMPLETED'], key: 'loss', minutes: 3, points: 2 })).toEqual(['key FIELD_NOT_TAKEN', 'minutes FIELD_NOT_TAKEN', 'endReasons INVALID_END_REASON', 'points FIELD_NOT_TAKEN']);
  expect(await create({ kind: 'RUN_STALLED', minutes: 0 })).toEqual(['minutes INVALID_MINUTES']);
  expect(await create({ kind: 'RUN_FAILED', webhookIds: ['nonsense'] })).toEqual(['webhookIds.0 WEBHOOK_UNKNOWN']);
});
