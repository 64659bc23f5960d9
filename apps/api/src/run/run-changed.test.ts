import { run } from '@thaw/db';
import { eq, sql } from 'drizzle-orm';
import { startTestApi, type TestApi } from '../testing';
import { sealSeqs } from '../notify/cursor';
import { type Collected, eventually, follow } from '../testing-events';
import { givenBackbone, givenDataset } from '../testing-rows';

interface Changed {
  runChanged: { id: string; name: string; changeCursor: string };
}

let api: TestApi;
let other: TestApi;
beforeAll(async () => {
  api = await startTestApi();
  other = await api.replica();
  await givenDataset(api.db, 'flowers');
  await givenDataset(api.db, 'flowers', 'another');
  await givenBackbone(api.db, 'mobile');
});
afterAll(async () => {
  await other[Symbol.asyncDispose]();
  await api[Symbol.asyncDispose]();
});

const document = 'subscription ($project: String, $id: ID, $after: String) { runChanged(project: $project, id: $id, after: $after) { id name changeCursor } }';
const subscribe = (on: TestApi, variables: { project?: string; id?: string; after?: string } = {}) => follow<Changed>(on, 'changes', document, variables);
const launch = async (project = 'default'): Promise<string> =>
  (await api.gql('mutation ($project: String) { launchRun(input: { project: $project, dataset: "flowers", backbone: "mobile" }) { run { id } } }', { project })).launchRun.run.id;
const rename = (on: TestApi, id: string, name: string) => on.gql('mutation ($id: ID!, $name: String) { updateRun(input: { id: $id, name: $name }) { userErrors { message } } }', { id, name });
const told = (collected: Collected<Changed>) => collected.events.map(({ runChanged: { id, name } }) => `${id} ${name}`);
const nameOf = (collected: Collected<Changed>, id: string) => collected.events.findLast(({ runChanged }) => runChanged.id === id)?.runChanged.name;
const cursorOf = (collected: Collected<Changed>) => collected.events.at(-1)!.runChanged.changeCursor;
const cutListening = () => api.db.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'thaw-listen' and datname = current_database()`);

test('who leaves and comes back, to either replica, is told each change once', async () => {
  const ids = [await launch(), await launch(), await launch()];
  const first = await subscribe(api);
  await rename(other, ids[0]!, 'a');
  await first.until('the change', (events) => events.length === 1);
  await first.stop();
  let after = cursorOf(first);
  const all = told(first);
  for (const [round, on] of [other, api, other].entries()) {
    await rename(api, ids[1]!, `away ${round}`);
    await rename(other, ids[2]!, `away ${round}`);
    const collected = await subscribe(on, { after });
    await cutListening();
    await rename(api, ids[0]!, `here ${round}`);
    await collected.until('the changes', () => nameOf(collected, ids[1]!) === `away ${round}` && nameOf(collected, ids[2]!) === `away ${round}` && nameOf(collected, ids[0]!) === `here ${round}`);
    await collected.stop();
    all.push(...told(collected));
    after = cursorOf(collected);
  }
  expect(all.sort()).toEqual([`${ids[0]} a`, ...[0, 1, 2].flatMap((round) => [`${ids[0]} here ${round}`, `${ids[1]} away ${round}`, `${ids[2]} away ${round}`])].sort());
});

test('a change that is committed late, after others that began later, is told to who was told those', async () => {
  const [early, late] = [await launch(), await launch()];
  const collected = await subscribe(api);
  let cursor = '';
  await api.db.transaction(async (tx) => {
    await tx.update(run).set({ name: 'began first' }).where(eq(run.id, late));
    await rename(other, early, 'began second');
    await collected.until('the change that is committed', () => nameOf(collected, early) === 'began second');
    await rename(other, early, 'and again');
    await collected.until('the next one', () => nameOf(collected, early) === 'and again');
    cursor = cursorOf(collected);
    await collected.stop();
  });
  const resumed = await subscribe(other, { after: cursor });
  await resumed.until('the late one', (events) => events.length > 0);
  await rename(api, early, 'last');
  await resumed.until('the last one', () => nameOf(resumed, early) === 'last');
  expect(told(resumed)).toEqual([`${late} began first`, `${early} last`]);
  await resumed.stop();
});

test('a change without a notice is found; one of a lease is none', async () => {
  const id = await launch();
  const collected = await subscribe(api, { id: id.toUpperCase() });
  await api.db.update(run).set({ leaseExpiresAt: new Date() }).where(eq(run.id, id));
  await api.db.update(run).set({ name: 'quiet' }).where(eq(run.id, id));
  await collected.until('the change', (events) => events.length === 1);
  expect(told(collected)).toEqual([`${id} quiet`]);
  await collected.stop();
});

test('who follows one project is told nothing of others, and who follows a run nothing of its neighbours', async () => {
  const [here, there] = [await launch(), await launch('another')];
  const [project, one] = [await subscribe(api, { project: 'another' }), await subscribe(api, { id: here })];
  await rename(api, here, 'x');
  await rename(api, there, 'y');
  await project.until('the change', (events) => events.length >= 1);
  await one.until('the change', (events) => events.length >= 1);
  await rename(api, here, 'z');
  await one.until('the next', (events) => events.length >= 2);
  expect([told(project), told(one)]).toEqual([[`${there} y`], [`${here} x`, `${here} z`]]);
  await Promise.all([project.stop(), one.stop()]);
  await rename(api, there, 'while away');
  await rename(api, here, 'while away');
  const resumed = await subscribe(other, { project: 'another', after: cursorOf(project) });
  await resumed.until('the change', (events) => events.length >= 1);
  expect(told(resumed)).toEqual([`${there} while away`]);
  await resumed.stop();
});

test('the changeCursor of a run that was read leads to what changed since', async () => {
  const [read, changed] = [await launch(), await launch()];
  const { run: before } = await other.gql('query ($id: ID!) { run(id: $id) { changeCursor } }', { id: read });
  await rename(api, changed, 'since');
  const { updateRun } = await api.gql('mutation ($id: ID!) { updateRun(input: { id: $id, name: "by me" }) { run { name changeCursor } } }', { id: read });
  const [fromQuery, fromMutation] = [await subscribe(api, { after: before.changeCursor }), await subscribe(api, { after: updateRun.run.changeCursor, id: read })];
  await fromQuery.until('both', (events) => events.length >= 2);
  expect(told(fromQuery)).toEqual([`${changed} since`, `${read} by me`]);
  await rename(api, read, 'by another');
  await fromMutation.until('the other change', () => nameOf(fromMutation, read) === 'by another');
  await Promise.all([fromQuery.stop(), fromMutation.stop()]);
});

test('many changes at once, and more than are read at once while away', async () => {
  const id = await launch();
  await api.db.execute(sql`insert into run (id, project_id, name, config) select gen_random_uuid(), project_id, 'many', '{}' from run, generate_series(1, 900) where id = ${id}`);
  const collected = await subscribe(api);
  await rename(api, id, 'start');
  await collected.until('the first', (events) => events.length === 1);
  await api.db.execute(sql`update run set name = 'live' where name = 'many'`);
  await collected.until('all', (events) => events.length >= 901);
  expect(new Set(collected.events.map(({ runChanged }) => runChanged.id)).size).toBe(901);
  // Half-way through a transaction that changed many.
  const middle = collected.events[450]!.runChanged.changeCursor;
  const before = new Set(collected.events.slice(0, 451).map(({ runChanged }) => runChanged.id));
  await collected.stop();
  const resumed = await subscribe(other, { after: middle });
  await resumed.until('the rest', (events) => events.length >= 450);
  const rest = resumed.events.map(({ runChanged }) => runChanged.id);
  expect(rest.filter((each) => before.has(each))).toEqual([]);
  expect(new Set(rest).size).toBe(450);
  await resumed.stop();
});

test('a cursor that is not one, or of a database to come, is refused', async () => {
  await launch();
  const refusal = (after: string) => api.subscribe(document, { after }).next().then(() => 'accepted', (error: Error) => error.message);
  const collected = await subscribe(api);
  await launch();
  await collected.until('the change', (events) => events.length === 1);
  await collected.stop();
  const cursor = cursorOf(collected);
  // In its middle: of the last character of base64 some bits say nothing.
  const middle = Math.floor(cursor.length / 2);
  expect(await refusal(`${cursor.slice(0, middle)}${cursor[middle] === 'A' ? 'B' : 'A'}${cursor.slice(middle + 1)}`)).toMatch(/after is no cursor of runChanged/);
  expect(await refusal(sealSeqs('runChanged', [['ffffffff-ffff-ffff-ffff-ffffffffffff', 2 ** 40]]))).toMatch(/another database/);
  expect(await refusal(cursor.slice(0, 12))).toMatch(/after is no cursor of runChanged/);
  await eventually('nobody to follow any more', () => api.services.live.changes.followers === 0);
});
