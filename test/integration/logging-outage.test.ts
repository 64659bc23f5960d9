import { readFileSync, readdirSync, truncateSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '@thaw/db/testing';
import { findFreePort } from '@thaw/db/embedded';
import { LoggingScript, runLoggingScript } from '../kit/logging-script';
import { thaw } from '../kit/thaw-cli';
import { countAccepted, listRuns, readPoints, readRun } from './logged-run';
import { eventually, startApi, type Program } from './programs';

let folder: string;
let home: string;
let database: TestDatabase;
let api: Program;
let port: number;
let url: string;

const start = async () => { api = await startApi({ port, databaseUrl: database.url, home }); };

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'thaw-outage-home-'));
  database = await createTestDatabase();
  port = await findFreePort(null);
  url = `http://127.0.0.1:${port}`;
  await start();
});
afterAll(async () => {
  await api?.[Symbol.asyncDispose]();
  await database?.[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
});
beforeEach(async () => { folder = await mkdtemp(path.join(tmpdir(), 'thaw-outage-')); });
afterEach(() => rm(folder, { recursive: true, force: true }));

const spool = () => path.join(folder, 'spool');
const spooled = async () => (await readdir(spool())).filter((name) => name.endsWith('.spool'));
const sync = async (...args: string[]) => {
  const { code, stdout, stderr } = await thaw(url, 'sync', '--spool', spool(), '--json', ...args);
  return { code, stderr, ...(JSON.parse(stdout) as { sent: { runId: string }[]; kept: { runId: string; reason: string }[]; inUse: { pid: number }[]; problems: string[] }) };
};

/** Every point once: as a reader sees them, and batch by batch. */
async function expectPoints(id: string, count: number): Promise<void> {
  const { steps, values } = await readPoints(url, id, 'loss');
  expect(steps).toEqual(Array.from({ length: count }, (_, index) => index));
  expect(values).toEqual(steps.map((step) => step / 8));
  expect(await countAccepted(database.url, id)).toBe(count);
}

test('an API that is killed and comes back while a script logs has every point once', async () => {
  await using script = await LoggingScript.start(folder, `
    const run = startRun({ project: 'outage', name: 'killed' });
    console.log('run ' + run.id);
    for (let index = 0; index < 20_000; index++) {
      run.log({ loss: index / 8 });
      if (index % 20 === 0) await sleep(2);
      if (index === 5000) console.log('quarter');
    }
    console.log('delivered ' + (await run.finish()).delivered);`, { THAW_URL: url, THAW_DRAIN_MS: '60000' });
  const id = await script.says('run ');
  await script.says('quarter');
  await api.end('SIGKILL');
  // Long enough that some attempts have failed.
  await eventually('the warning', async () => script.stderr.includes('cannot be reached'));
  await start();
  expect(await script.says('delivered ')).toBe('true');
  expect(script.stderr.match(/cannot be reached/g)).toHaveLength(1);
  await expectPoints(id, 20_000);
  expect(await readRun(url, id)).toMatchObject({ status: 'FINISHED' });
  expect(await spooled()).toEqual([]);
});

test('with no API a script ends as ever; the next script that logs sends what it left', async () => {
  await api.end('SIGKILL');
  try {
    const { code, lines, stderr } = await runLoggingScript(folder, `
      const run = startRun({ project: 'outage', name: 'left behind', config: { lr: 0.5 } });
      console.log(run.id);
      for (let index = 0; index < 3000; index++) run.log({ loss: index / 8 });
      run.text('notes', 'kept');
      await sleep(300);
      const { delivered } = await run.finish();
      console.log(delivered);`, { THAW_URL: url, THAW_DRAIN_MS: '500' });
    expect({ code, delivered: lines[1] }).toEqual({ code: 0, delivered: 'false' });
    expect(stderr).toMatch(/cannot be reached at http:\/\/127\.0\.0\.1:\d+ .*npm start/);
    expect(stderr).toContain('thaw sync');
    expect(await spooled()).toHaveLength(1);
    expect(await sync('--wait', '0.3')).toMatchObject({ code: 1, sent: [], kept: [{ runId: lines[0], reason: expect.stringContaining('cannot be reached') }] });

    await start();
    await runLoggingScript(folder, `
      const run = startRun({ project: 'outage', name: 'next' });
      await sleep(50);
      await run.finish();
      for (const end = Date.now() + 30_000; Date.now() < end && require('node:fs').readdirSync(process.env.THAW_SPOOL).length > 0; ) await sleep(20);`, { THAW_URL: url });
    expect(await readdir(spool())).toEqual([]);
    await expectPoints(lines[0]!, 3000);
    expect(await readRun(url, lines[0]!)).toMatchObject({ name: 'left behind', status: 'FINISHED', config: { lr: 0.5 }, artifacts: [{ name: 'notes', kind: 'TEXT' }] });
  } finally {
    if (api.child.exitCode !== null || api.child.signalCode !== null) await start();
  }
});

/** A bound, with room for a machine that is busy: points reach the spool within 200 ms. */
const unspooledMs = 1_000;

test('after kill -9 of a script, thaw sync sends all that was logged until a moment before', async () => {
  await using script = await LoggingScript.start(folder, `
    const run = startRun({ project: 'outage', name: 'shot' });
    console.log('run ' + run.id);
    let index = 0;
    setInterval(() => { for (let each = 0; each < 20; each++) run.log({ loss: index++ / 8 }); console.log(Date.now() + ' ' + index); }, 5);`, { THAW_URL: `http://127.0.0.1:${await findFreePort(null)}` });
  const id = await script.says('run ');
  await eventually('two seconds of logging', async () => script.lines.length > 300);
  expect((await sync()).inUse).toEqual([{ runId: id, pid: script.child.pid, host: expect.any(String) }]);
  script.child.kill('SIGKILL');
  const killedAt = Date.now();
  await script.ended;
  const logged = script.lines.slice(1).map((line) => line.split(' ').map(Number) as [number, number]);
  const due = logged.filter(([at]) => at < killedAt - unspooledMs).at(-1)![1];

  // A power cut may leave half a line.
  const file = path.join(spool(), readdirSync(spool())[0]!);
  truncateSync(file, (await stat(file)).size - 7);
  const text = readFileSync(file, 'utf8');
  expect(text.endsWith('\n')).toBe(false);

  expect(await sync()).toMatchObject({ code: 0, sent: [{ runId: id }], kept: [], problems: [] });
  const { steps } = await readPoints(url, id, 'loss');
  // The line that was cut off held at most a fifth of a second.
  expect(steps.length).toBeGreaterThanOrEqual(due);
  expect(steps.length).toBeLessThanOrEqual(logged.at(-1)![1]);
  await expectPoints(id, steps.length);
  expect(await readRun(url, id)).toMatchObject({ status: 'FAILED', error: expect.stringContaining(`process ${script.child.pid}`) });
  expect(await sync()).toMatchObject({ code: 0, sent: [] });
});

/** What stands between a script and the API. */
async function between(answer: (request: IncomingMessage, response: ServerResponse, pass: () => Promise<{ status: number; body: Buffer }>) => Promise<void>) {
  const server = createServer((incoming, response) => {
    const pass = () => new Promise<{ status: number; body: Buffer }>((resolve, reject) => {
      const outgoing = request(`${url}${incoming.url}`, { method: incoming.method, headers: incoming.headers }, (answered) => {
        const chunks: Buffer[] = [];
        answered.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve({ status: answered.statusCode!, body: Buffer.concat(chunks) }));
      });
      outgoing.on('error', reject);
      incoming.pipe(outgoing);
    });
    void answer(incoming, response, pass);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const logSlowly = (points: number) => `
  const run = startRun({ project: 'outage', name: 'flaky' });
  console.log(run.id);
  let worst = 0;
  for (let index = 0; index < ${points}; index++) {
    const before = performance.now();
    run.log({ loss: index / 8 });
    worst = Math.max(worst, performance.now() - before);
    if (index % 50 === 0) await sleep(5);
  }
  run.text('summary', 'x');
  console.log((await run.finish()).delivered);
  console.log(worst);`;

test('answers that get lost, faults and a slow API change nothing about what arrives', async () => {
  let round = 0;
  const kinds = { lost: 0, fault: 0, page: 0, cut: 0 };
  await using flaky = await between(async (incoming, response, pass) => {
    round += 1;
    const kind = round % 6;
    // The API stores the batch, and the script never hears of it.
    if (kind === 1) { kinds.lost += 1; await pass(); incoming.socket.destroy(); return; }
    if (kind === 2) { kinds.fault += 1; incoming.resume(); response.writeHead(500, { 'content-type': 'application/json' }).end('{"errors":[{"message":"Unexpected error.","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}'); return; }
    if (kind === 3) { kinds.page += 1; incoming.resume(); response.writeHead(503).end('<html>Service Unavailable</html>'); return; }
    if (kind === 4) { kinds.cut += 1; incoming.socket.destroy(); return; }
    const { status, body } = await pass();
    await new Promise((resolve) => setTimeout(resolve, 300));
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  const { code, lines } = await runLoggingScript(folder, logSlowly(6000), { THAW_URL: flaky.url, THAW_DRAIN_MS: '60000' });
  expect({ code, delivered: lines[1] }).toEqual({ code: 0, delivered: 'true' });
  expect(Math.min(...Object.values(kinds))).toBeGreaterThan(0);
  await expectPoints(lines[0]!, 6000);
  expect(await readRun(url, lines[0]!)).toMatchObject({ status: 'FINISHED', artifacts: [{ name: 'summary' }] });
  expect(await spooled()).toEqual([]);
});

test('an API that only ever answers 500 is waited for, and the script ends in time', async () => {
  await using broken = await between(async (incoming, response) => { incoming.resume(); response.writeHead(500).end('{"errors":[{"message":"Unexpected error."}]}'); });
  const before = performance.now();
  const { code, lines } = await runLoggingScript(folder, logSlowly(500), { THAW_URL: broken.url, THAW_DRAIN_MS: '1000' });
  expect(performance.now() - before).toBeLessThan(20_000);
  expect({ code, delivered: lines[1] }).toEqual({ code: 0, delivered: 'false' });
  expect(await sync()).toMatchObject({ code: 0, sent: [{ runId: lines[0] }] });
  await expectPoints(lines[0]!, 500);
});

test('a full spool loses points, loudly and once, and nothing else', async () => {
  const { code, lines, stderr } = await runLoggingScript(folder, `
    const run = startRun({ project: 'outage', name: 'full', spoolBytes: 200_000 });
    console.log(run.id);
    for (let index = 0; index < 40; index++) {
      for (let each = 0; each < 500; each++) run.log({ loss: (index * 500 + each) / 8 });
      await sleep(20);
    }
    await run.finish();
    console.log(JSON.stringify(run.problems));`, { THAW_URL: `http://127.0.0.1:${await findFreePort(null)}`, THAW_DRAIN_MS: '300' });
  expect(code).toBe(0);
  expect(stderr.match(/THE SPOOL FOLDER IS FULL/g)).toHaveLength(1);
  const sizes = await Promise.all((await spooled()).map(async (name) => (await stat(path.join(spool(), name))).size));
  expect(Math.max(...sizes)).toBeLessThan(210_000);
  const lost = (JSON.parse(lines[1]!) as { code: string; count: number }[]).find(({ code: each }) => each === 'SPOOL_FULL')!.count;
  expect(await sync()).toMatchObject({ code: 0, sent: [{ runId: lines[0] }] });
  const { steps } = await readPoints(url, lines[0]!, 'loss');
  expect(steps.length).toBe(20_000 - lost);
  expect(await readRun(url, lines[0]!)).toMatchObject({ status: 'FINISHED' });
});

test('processes that share a spool folder do not touch each other\'s runs, and one sync sends all', async () => {
  const away = `http://127.0.0.1:${await findFreePort(null)}`;
  const body = `
    const runs = Array.from({ length: 5 }, (_, index) => startRun({ project: 'shared', name: process.pid + ' ' + index }));
    for (let index = 0; index < 400; index++) { for (const run of runs) run.log({ loss: index / 8 }); if (index % 40 === 0) await sleep(50); }
    await Promise.all(runs.map((run) => run.finish()));
    console.log(runs.map(({ id }) => id).join(' '));`;
  const ended = await Promise.all(Array.from({ length: 3 }, () => runLoggingScript(folder, body, { THAW_URL: away, THAW_DRAIN_MS: '300' })));
  expect(ended.map(({ code }) => code)).toEqual([0, 0, 0]);
  const ids = ended.flatMap(({ lines }) => lines[0]!.split(' '));
  // Two at once: each run is sent by one of them.
  const [first, second] = await Promise.all([sync(), sync()]);
  expect([...first.sent, ...second.sent].map(({ runId }) => runId).sort()).toEqual([...ids].sort());
  expect(await listRuns(url, 'shared')).toHaveLength(15);
  for (const id of ids) await expectPoints(id, 400);
  expect(await readdir(spool())).toEqual([]);
});

test('a run that the API refuses is told, set aside, and holds up no other', async () => {
  const { lines, stderr } = await runLoggingScript(folder, `
    const bad = startRun({ project: ' '.repeat(3), name: 'bad' });
    const good = startRun({ project: 'outage', name: 'good' });
    bad.log({ loss: 1 }); good.log({ loss: 0 });
    console.log(JSON.stringify([await bad.finish(), await good.finish()]));`, { THAW_URL: url });
  const [bad, good] = JSON.parse(lines[0]!) as { id: string; delivered: boolean; problems: { code: string }[] }[];
  expect(good).toMatchObject({ delivered: true, problems: [] });
  expect(bad).toMatchObject({ delivered: false, problems: [{ code: 'INVALID_NAME' }] });
  expect(stderr).toContain('The API does not take this run');
  expect(await readdir(spool())).toEqual([`${bad!.id}.refused`]);
  expect(await readRun(url, bad!.id)).toBeNull();
});
