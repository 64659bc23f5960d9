import { logLine } from '@thaw/db';
import { eq, sql } from 'drizzle-orm';
import { startTestApi, type TestApi } from '../testing';
import { type Collected, eventually, follow } from '../testing-events';
import { givenClaimedRun } from '../testing-queue';
import { givenBackbone, givenDataset } from '../testing-rows';

interface Logged {
  runLog: { cursor: string; reset: boolean; lines: { claim: number; line: number; stream: string; at: string; text: string }[] };
}
type Owner = Awaited<ReturnType<typeof givenClaimedRun>>;

let api: TestApi;
let other: TestApi;
let owner: Owner;
beforeAll(async () => {
  api = await startTestApi();
  other = await api.replica();
  await givenDataset(api.db, 'flowers');
  await givenBackbone(api.db, 'mobile');
});
beforeEach(async () => {
  owner = await givenClaimedRun(api);
});
afterAll(async () => {
  await other[Symbol.asyncDispose]();
  await api[Symbol.asyncDispose]();
});

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const numbered = (...lines: number[]) => lines.map((line) => ({ line, text: `line ${line}` }));

async function append(on: TestApi, lines: object[], { runId, leaseToken }: { runId: string; leaseToken?: string } = owner) {
  const { appendLog } = await on.gql('mutation ($input: AppendLogInput!) { appendLog(input: $input) { accepted userErrors { field message code } } }', { input: { runId, leaseToken, lines } });
  return appendLog as { accepted: number; userErrors: { field: string; message: string; code: string }[] };
}

async function page(args: string) {
  const { run } = await other.gql(`query ($id: ID!) { run(id: $id) { log(${args}) { totalCount followCursor nodes { claim line stream at text } pageInfo { hasNextPage endCursor } } } }`, { id: owner.runId });
  return run.log;
}

const document = 'subscription ($runId: ID!, $after: String) { runLog(runId: $runId, after: $after) { cursor reset lines { claim line stream at text } } }';
const subscribe = (on: TestApi, after?: string) => follow<Logged>(on, 'log', document, { runId: owner.runId, after });
const linesOf = (collected: Collected<Logged>) => collected.events.flatMap(({ runLog }) => runLog.lines.map(({ line }) => line));

test('lines sent twice, in pieces or out of order are stored once and read in order', async () => {
  const at = '2025-01-02T03:04:05.678Z';
  expect(await append(api, [{ line: 0, text: 'first\r\n', at }, { line: 1, stream: 'STDERR', text: '\u001b[31mred\u001b[0m', at }])).toEqual({ accepted: 2, userErrors: [] });
  expect(await append(other, [{ line: 1, text: 'again' }, ...numbered(4, 2, 2)])).toEqual({ accepted: 4, userErrors: [] });
  await append(api, numbered(3));
  const all = await page('first: 100');
  expect(all.nodes.map(({ line, text }: { line: number; text: string }) => [line, text])).toEqual([[0, 'first'], [1, '\u001b[31mred\u001b[0m'], [2, 'line 2'], [3, 'line 3'], [4, 'line 4']]);
  expect(all.nodes[1]).toMatchObject({ claim: 1, stream: 'STDERR', at });
  expect(all.totalCount).toBe(5);
});

test('pages go on without a gap, from the end too, and can be searched', async () => {
  await append(api, numbered(...range(0, 24)));
  const seen: number[] = [];
  let after = '';
  for (let more = true; more; ) {
    const { nodes, pageInfo } = await page(`first: 10${after}`);
    seen.push(...nodes.map(({ line }: { line: number }) => line));
    after = `, after: "${pageInfo.endCursor}"`;
    more = pageInfo.hasNextPage;
  }
  expect(seen).toEqual(range(0, 24));
  expect((await page('first: 3, fromEnd: true')).nodes.map(({ line }: { line: number }) => line)).toEqual([22, 23, 24]);
  const found = await page('first: 2, contains: "LINE 1"');
  expect(found.nodes.map(({ line }: { line: number }) => line)).toEqual([1, 10]);
  expect([found.totalCount, found.pageInfo.hasNextPage]).toEqual([11, true]);
  const { body } = await api.post({ query: 'query ($id: ID!) { run(id: $id) { log(after: "bm9uc2Vuc2U") { totalCount } } }', variables: { id: owner.runId } });
  expect(body.errors[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
});

test('a page before any line, of one stream', async () => {
  await append(api, range(0, 24).map((line) => ({ line, text: `line ${line}`, stream: line % 2 ? 'STDERR' : 'STDOUT' })));
  const lines = async (args: string) => {
    const { run } = await other.gql(`query ($id: ID!) { run(id: $id) { log(${args}) { totalCount nodes { line cursor } } } }`, { id: owner.runId });
    return run.log as { totalCount: number; nodes: { line: number; cursor: string }[] };
  };
  const { nodes } = await lines('first: 3, fromEnd: true');
  expect((await lines(`first: 4, before: "${nodes[0]!.cursor}"`)).nodes.map(({ line }) => line)).toEqual([18, 19, 20, 21]);
  expect((await lines(`first: 4, before: "${nodes[0]!.cursor}", fromEnd: true, stream: STDERR`)).nodes.map(({ line }) => line)).toEqual([15, 17, 19, 21]);
  expect((await lines(`first: 9, after: "${nodes[0]!.cursor}"`)).nodes.map(({ line }) => line)).toEqual([23, 24]);
  expect(await lines('first: 2, stream: STDOUT, contains: "2"')).toMatchObject({ totalCount: 5, nodes: [{ line: 2 }, { line: 12 }] });
  const { body } = await api.post({ query: 'query ($id: ID!) { run(id: $id) { log(before: "bm9uc2Vuc2U") { totalCount } } }', variables: { id: owner.runId } });
  expect(body.errors[0].message).toContain('before is no cursor');
});

test('one query reads the logs of several runs, each its own page', async () => {
  const second = await givenClaimedRun(api);
  await append(api, numbered(0, 1, 2));
  await append(api, numbered(7, 8), second);
  const nodes = (args: string) => `{ log(${args}) { nodes { line } } }`;
  const answer = await api.gql(`{ a: run(id: "${owner.runId}") ${nodes('first: 2')} b: run(id: "${second.runId}") ${nodes('first: 9, contains: "8"')} c: run(id: "${owner.runId}") ${nodes('first: 1, fromEnd: true')} }`);
  const lines = (run: { log: { nodes: { line: number }[] } }) => run.log.nodes.map(({ line }) => line);
  expect([lines(answer.a), lines(answer.b), lines(answer.c)]).toEqual([[0, 1], [8], [2]]);
});

test('a line that is too long is cut with a mark; what cannot be stored is named, and nothing is', async () => {
  await append(api, [{ line: 0, text: 'é'.repeat(40_000) }, { line: 1, text: 'nul \0 here' }]);
  const { nodes } = await page('first: 2');
  expect(Buffer.byteLength(nodes[0].text)).toBeLessThanOrEqual(65_536);
  expect(nodes[0].text).toMatch(/^é+ … \[cut: the line has 80000 bytes, 65536 are kept\]$/);
  expect(nodes[1].text).toBe('nul \uFFFD here');
  const wrong = await append(api, [...numbered(5), { line: -1, text: 'x' }, { line: 1_000_000, text: 'x' }]);
  expect(wrong.userErrors.map(({ field, code }) => [field, code])).toEqual([['lines.1.line', 'INVALID_LINE'], ['lines.2.line', 'LOG_FULL']]);
  expect((await append(api, numbered(...range(0, 10_000)))).userErrors[0]).toMatchObject({ code: 'BATCH_TOO_LARGE', message: expect.stringContaining('10001') });
  expect(await api.db.$count(logLine, eq(logLine.runId, owner.runId))).toBe(2);
});

test('only who holds the lease of a running run may log, and who missed the answer may send again', async () => {
  const codes = async (...args: Parameters<typeof append>) => (await append(...args)).userErrors.map(({ code }) => code);
  expect(await codes(api, numbered(0), { runId: owner.runId })).toEqual(['LEASE_LOST']);
  expect(await codes(api, numbered(0), { ...owner, leaseToken: 'another' })).toEqual(['LEASE_LOST']);
  expect(await codes(api, numbered(0), { runId: '01890000-0000-7000-8000-000000000000' })).toEqual(['RUN_UNKNOWN']);
  expect(await codes(api, numbered(0), { runId: 'nonsense' })).toEqual(['RUN_UNKNOWN']);
  expect(await codes(api, numbered(0, 1))).toEqual([]);
  await api.db.execute(sql`update run set status = 'FINISHED' where id = ${owner.runId}`);
  expect(await codes(api, numbered(0, 1))).toEqual([]);
  expect(await codes(api, numbered(1, 2))).toEqual(['RUN_ENDED']);
  await api.db.execute(sql`update run set status = 'RUNNING', deleted_at = now() where id = ${owner.runId}`);
  expect(await codes(api, numbered(2))).toEqual(['RUN_DELETED']);
});

test('a later claim counts its lines anew, after those of the one before', async () => {
  await append(api, numbered(0, 1));
  await api.db.execute(sql`update run set claims = claims + 1 where id = ${owner.runId}`);
  await append(api, [{ line: 0, text: 'once more' }]);
  expect((await page('first: 9')).nodes.map(({ claim, line }: { claim: number; line: number }) => [claim, line])).toEqual([[1, 0], [1, 1], [2, 0]]);
});

test('who reads a page and follows, leaves and comes back, gets every line once, from either replica', async () => {
  await append(api, numbered(...range(0, 4)));
  const { nodes, followCursor } = await page('first: 100');
  const told: number[] = nodes.map(({ line }: { line: number }) => line);
  let after: string = followCursor;
  let line = 4;
  for (const on of [other, api, other]) {
    await append(api, numbered(++line, ++line));
    const collected = await subscribe(on, after);
    await api.db.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'thaw-listen' and datname = current_database()`);
    await append(other, numbered(++line));
    // Out of order and without a notice.
    await api.db.insert(logLine).values({ runId: owner.runId, claim: 1, line: 1000 + line, stream: 'STDOUT', at: new Date(), text: 'quiet' });
    await collected.until('what came', () => linesOf(collected).length >= 4);
    await collected.stop();
    told.push(...linesOf(collected).filter((each) => each < 1000));
    expect(linesOf(collected).filter((each) => each >= 1000)).toEqual([1000 + line]);
    after = collected.events.at(-1)!.runLog.cursor;
  }
  expect(told).toEqual(range(0, line));
});

test('a long backlog comes in pieces, and a cursor of another run asks to read anew', async () => {
  const cursor = (await page('first: 1')).followCursor;
  const count = 12_000;
  for (let start = 0; start < count; start += 6_000) await append(api, numbered(...range(start, start + 5_999)));
  const collected = await subscribe(api, cursor);
  await collected.until('every line', () => linesOf(collected).length >= count);
  expect(linesOf(collected)).toEqual(range(0, count - 1));
  expect(collected.events.length).toBeGreaterThan(1);
  await collected.stop();
  owner = await givenClaimedRun(api);
  const lost = await subscribe(api, cursor);
  await lost.until('the reset', (events) => events.length === 1);
  expect(lost.events[0]!.runLog).toMatchObject({ reset: true, lines: [] });
  await lost.stop();
  await eventually('nobody to follow any more', () => api.services.live.log.followers === 0);
});
