import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { LoggingScript, runLoggingScript } from '../kit/logging-script';
import { root } from '../kit/shared-data';
import { askApi, countAccepted, listRuns, readPoints, readRun } from './logged-run';
import { eventually, install, type Installation } from './programs';

let installation: Installation;
let folder: string;
let url: string;

beforeAll(async () => {
  installation = await install('logging');
  ({ folder, url } = installation);
});
afterAll(async () => {
  await installation?.[Symbol.asyncDispose]();
});

const run = (body: string, env: Record<string, string> = {}) => runLoggingScript(folder, body, { THAW_URL: url, ...env });
const spooled = () => readdir(path.join(folder, 'spool')).catch(() => []);

test('everything a script logs is there, as it was logged', async () => {
  const picture = await readFile(path.join(root, 'docs/screenshots/demo.png'));
  const { code, lines, stderr } = await run(`
    const run = startRun({ project: 'all', name: 'one', config: { lr: 0.1, model: { depth: 3, dropout: NaN } }, tags: ['first'] });
    for (let index = 0; index < 1000; index++) run.log({ loss: index === 5 ? NaN : index === 6 ? -Infinity : 1 / (index + 1), accuracy: index / 1000 });
    run.log({ late: 2 }, { step: 10, time: new Date('2020-01-01') });
    run.log({ late: 1 }, { step: -3 });
    run.log({ late: 7 }, { step: 10 });
    run.log({ late: 8 });
    run.config({ model: { width: 64 } });
    run.tag('second', 'first');
    run.note('It began well.');
    await sleep(500);
    run.note('It ended well.');
    run.config({ best: 12 });
    run.image('picture', ${JSON.stringify(path.join(root, 'docs/screenshots/demo.png'))});
    run.image('bytes', require('node:fs').readFileSync(${JSON.stringify(path.join(root, 'docs/screenshots/demo.png'))}));
    run.table('mistakes', ['picture', 'loss'], [['a.jpg', 1.5], ['b.jpg', Infinity]]);
    run.confusionMatrix('validation', ['cat', 'dog'], [[3, 1], [0, 4]]);
    run.text('summary', 'Grüße');
    run.file('script', __filename);
    console.log(JSON.stringify(await run.finish()));`);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const outcome = JSON.parse(lines[0]!) as { id: string; delivered: boolean; problems: unknown[] };
  expect(outcome).toMatchObject({ delivered: true, problems: [] });

  const { id } = outcome;
  const read = (await readRun(url, id))!;
  expect(read).toMatchObject({
    name: 'one', status: 'FINISHED', error: null, tags: ['first', 'second'], notes: 'It began well.\n\nIt ended well.',
    config: { lr: 0.1, model: { depth: 3, dropout: 'NaN', width: 64 }, best: 12 },
    environment: { node: process.version, hostname: hostname(), cpus: expect.any(Number), memory: expect.any(Number), command: expect.stringContaining('script-') },
  });
  const loss = await readPoints(url, id, 'loss');
  expect(loss.steps).toEqual(Array.from({ length: 1000 }, (_, index) => index));
  expect(loss.values).toEqual(Array.from({ length: 1000 }, (_, index) => (index === 5 ? 'NaN' : index === 6 ? '-Infinity' : 1 / (index + 1))));
  expect(await readPoints(url, id, 'late')).toMatchObject({ steps: [-3, 10, 11], values: [1, 7, 8] });
  expect(await countAccepted(installation.database.url, id)).toBe(2004);

  const artifacts = new Map(read.artifacts.map((artifact) => [artifact.name, artifact]));
  expect(Object.fromEntries([...artifacts].map(([name, { kind }]) => [name, kind]))).toEqual({ picture: 'IMAGE', bytes: 'IMAGE', mistakes: 'TABLE', validation: 'CONFUSION_MATRIX', summary: 'TEXT', script: 'FILE' });
  const sha256 = createHash('sha256').update(picture).digest('hex');
  expect(artifacts.get('picture')!.files).toMatchObject([{ path: 'demo.png', sha256 }]);
  expect(artifacts.get('bytes')!.files).toMatchObject([{ path: 'image.png', sha256 }]);
  const content = async (name: string) => (await fetch(`${url}/blobs/${artifacts.get(name)!.files[0]!.sha256}`)).text();
  expect(JSON.parse(await content('mistakes'))).toEqual({ columns: ['picture', 'loss'], rows: [['a.jpg', 1.5], ['b.jpg', 'Infinity']] });
  expect(JSON.parse(await content('validation'))).toEqual({ classes: ['cat', 'dog'], matrix: [[3, 1], [0, 4]] });
  expect(await content('summary')).toBe('Grüße');
  expect(await spooled()).toEqual([]);
});

const withGit = spawnSync('git', ['--version']).status === 0 ? test : test.skip;

withGit('the commit that is checked out is recorded', async () => {
  const checkout = await mkdtemp(path.join(folder, 'checkout-'));
  const git = (...args: string[]) => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd: checkout, encoding: 'utf8' });
  git('init', '-q');
  git('commit', '-q', '--allow-empty', '-m', 'x');
  const { lines } = await runLoggingScript(checkout, `const run = startRun({ project: 'git' }); await run.finish(); console.log(run.id);`, { THAW_URL: url });
  expect((await readRun(url, lines[0]!))!.gitCommit).toBe(git('rev-parse', 'HEAD').trim());
});

test.each([
  ['ends', '', 0, 'FINISHED', null],
  ['ends with an exit code', 'process.exitCode = 4;', 4, 'FAILED', 'exit code 4'],
  ['calls process.exit(0)', 'process.exit(0);', 0, 'FINISHED', null],
  ['calls process.exit(3)', 'process.exit(3);', 3, 'FAILED', 'exit code 3'],
  ['throws', 'setTimeout(() => { throw new Error("out of luck"); });', 1, 'FAILED', 'Error: out of luck'],
  ['rejects', 'throw new TypeError("no promise kept");', 1, 'FAILED', 'TypeError: no promise kept'],
  ['fails by its own account', 'await run.fail(new Error("no GPU"));', 0, 'FAILED', 'Error: no GPU'],
  ['disposes of its run', 'await run[Symbol.asyncDispose]();', 0, 'FINISHED', null],
  ['throws within await using', 'try { throw new Error("inside"); } finally { await run[Symbol.asyncDispose](); }', 1, 'FAILED', 'Error: inside'],
  ['catches an error', 'try { throw new Error("caught"); } catch { run.log({ loss: 3 }); }', 0, 'FINISHED', null],
])('a script that %s: its exit code is its own, its run has all points', async (what, body, exitCode, status, error) => {
  const { code } = await run(`
    const run = startRun({ project: 'endings', name: ${JSON.stringify(what)} });
    for (let index = 0; index < 500; index++) run.log({ loss: index });
    ${body}`);
  expect(code).toBe(exitCode);
  const ended = (await listRuns(url, 'endings')).find(({ name }) => name === what)!;
  expect(ended).toMatchObject({ status, error: error === null ? null : expect.stringContaining(error) });
  expect((await readPoints(url, ended.id, 'loss')).steps.length).toBe(500 + Number(what === 'catches an error'));
  expect(await spooled()).toEqual([]);
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('a script that gets %s dies of it, and its run is CANCELLED', async (signal) => {
  await using script = await LoggingScript.start(folder, `
    const run = startRun({ project: 'signals', name: '${signal}' });
    setInterval(() => run.log({ loss: 1 }), 1);
    setTimeout(() => console.log('logging'), 300);`, { THAW_URL: url });
  await script.says('logging');
  script.child.kill(signal);
  expect(await script.ended).toEqual({ code: null, signal });
  expect((await listRuns(url, 'signals')).find(({ name }) => name === signal)).toMatchObject({ status: 'CANCELLED', error: expect.stringContaining(signal) });
});

test('a script that handles a signal itself goes on as it likes', async () => {
  await using script = await LoggingScript.start(folder, `
    const run = startRun({ project: 'signals', name: 'own handler' });
    process.on('SIGTERM', async () => { run.log({ checkpoint: 1 }); await run.finish(); process.exit(7); });
    run.log({ loss: 1 });
    setInterval(() => {}, 1000);
    console.log('ready');`, { THAW_URL: url });
  await script.says('ready');
  script.child.kill('SIGTERM');
  expect(await script.ended).toEqual({ code: 7, signal: null });
  expect((await listRuns(url, 'signals')).find(({ name }) => name === 'own handler')).toMatchObject({ status: 'FINISHED' });
});

test('uploads go on while the event loop is blocked', async () => {
  await using script = await LoggingScript.start(folder, `
    const run = startRun({ project: 'blocked', name: 'synchronous' });
    require('node:fs').writeSync(1, run.id + '\\n');
    run.log({ loss: 0.5 });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000);`, { THAW_URL: url });
  const id = await script.says('');
  expect(await eventually('the point of the blocked script', async () => (await readRun(url, id)) && (await readPoints(url, id, 'loss')).values[0], 30)).toBe(0.5);
});

test('wrong arguments are told once, and cost only themselves', async () => {
  const { code, lines, stderr } = await run(`
    const told = [];
    const run = startRun({ project: 'wrong', config: { dataset: 1 }, dataset: 'nowhere', onProblem: (problem) => { told.push(problem.code); throw new Error('a bug of the script'); } });
    for (let index = 0; index < 3; index++) run.log({ loss: 'high', fine: index });
    run.log({ fine: 1 }, { step: 0.5 });
    run.log(null);
    run.log({ ['k'.repeat(600)]: 1 });
    run.image('no picture', Buffer.from('text'));
    run.file('absent', '/nowhere/at/all');
    run.confusionMatrix('uneven', ['a', 'b'], [[1]]);
    const cycle = {}; cycle.cycle = cycle;
    run.config(cycle);
    const { delivered } = await run.finish();
    run.log({ fine: 9 });
    console.log(JSON.stringify({ id: run.id, delivered, told, problems: run.problems }));`);
  expect(code).toBe(0);
  const { id, delivered, told, problems } = JSON.parse(lines[0]!) as { id: string; delivered: boolean; told: string[]; problems: { code: string; count: number }[] };
  expect(delivered).toBe(true);
  expect(problems).toEqual(expect.arrayContaining([
    expect.objectContaining({ code: 'INVALID_VALUE', count: 3 }), expect.objectContaining({ code: 'INVALID_STEP' }), expect.objectContaining({ code: 'INVALID_KEY' }),
    expect.objectContaining({ code: 'INVALID_ARGUMENT' }), expect.objectContaining({ code: 'FILE_LOST' }), expect.objectContaining({ code: 'DATASET_UNKNOWN' }), expect.objectContaining({ code: 'RUN_ENDED' }),
  ]));
  expect(told.sort()).toEqual(problems.map((problem) => problem.code).sort());
  expect(stderr.match(/It must be a number/g)).toHaveLength(1);
  expect((await readPoints(url, id, 'fine')).values).toEqual([0, 1, 2]);
  expect(await readRun(url, id)).toMatchObject({ status: 'FINISHED', config: { dataset: 1 }, artifacts: [] });
});

test('many short runs, started without waiting, all arrive', async () => {
  const { code, lines } = await run(`
    const outcomes = [];
    for (let index = 0; index < 200; index++) {
      const run = startRun({ project: 'short', name: 'run ' + index, config: { index, lr: index / 10 } });
      for (let step = 0; step < 100; step++) run.log({ loss: index + step });
      outcomes.push(run.finish());
    }
    console.log((await Promise.all(outcomes)).filter(({ delivered }) => delivered).length);`, { THAW_DRAIN_MS: '50000' });
  expect({ code, lines }).toEqual({ code: 0, lines: ['200'] });
  const { runs } = await askApi<{ runs: { nodes: { name: string; status: string; config: { index: number }; metrics: { count: number; max: number }[] }[] } }>(url, '{ runs(project: "short", first: 1000) { nodes { name status config metrics { count max } } } }');
  const byIndex = runs.nodes.sort((a, b) => a.config.index - b.config.index);
  expect(byIndex).toEqual(Array.from({ length: 200 }, (_, index) => ({ name: `run ${index}`, status: 'FINISHED', config: { index, lr: index / 10 }, metrics: [{ count: 100, max: index + 99 }] })));
});
