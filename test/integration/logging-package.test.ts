import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { clientPackage } from '../kit/logging-script';
import { root } from '../kit/shared-data';
import { listRuns, readPoints } from './logged-run';
import { install, type Installation } from './programs';

const execute = promisify(execFile);

let installation: Installation;
let folder: string;
let env: NodeJS.ProcessEnv;
let url: string;

/** A project outside this repository, with the packed client and nothing else. */
beforeAll(async () => {
  installation = await install('package');
  ({ folder, url } = installation);
  env = { ...process.env, THAW_URL: url, THAW_SPOOL: path.join(folder, 'spool') };
  await execute('npm', ['pack', clientPackage, '--pack-destination', folder], { cwd: folder });
  const [tarball] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  await mkdir(path.join(folder, 'project'));
  await writeFile(path.join(folder, 'project/package.json'), '{"name":"mine","private":true}');
  await execute('npm', ['install', '--offline', '--no-audit', '--no-fund', path.join(folder, tarball!)], { cwd: path.join(folder, 'project') });
});
afterAll(async () => {
  await installation?.[Symbol.asyncDispose]();
});

const inProject = (...args: string[]) => execute(args[0]!, args.slice(1), { cwd: path.join(folder, 'project'), env });

test('it needs no other package', async () => {
  expect(await readdir(path.join(folder, 'project/node_modules/@thaw'))).toEqual(['client']);
  expect((await readdir(path.join(folder, 'project/node_modules'))).filter((name) => !name.startsWith('.'))).toEqual(['@thaw']);
});

test.each([
  ['CommonJS', 'train.cjs', "const { startRun } = require('@thaw/client');"],
  ['an ES module', 'train.mjs', "import { startRun } from '@thaw/client';"],
])('%s logs with plain node, and ends by itself', async (name, file, load) => {
  await writeFile(path.join(folder, 'project', file), `${load}
    const run = startRun({ project: 'packed', name: '${name}' });
    for (let step = 0; step < 300; step++) run.log({ loss: 1 / (step + 1) }, { step });`);
  const { stdout, stderr } = await inProject('node', file);
  expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' });
  const run = (await listRuns(url, 'packed')).find((each) => each.name === name)!;
  expect(run.status).toBe('FINISHED');
  expect((await readPoints(url, run.id, 'loss')).steps).toHaveLength(300);
});

test('its command line runs, and its types hold', async () => {
  const { stdout } = await inProject('npx', '--offline', 'thaw', 'sync', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ folder: env.THAW_SPOOL, sent: [], kept: [] });
  await writeFile(path.join(folder, 'project/train.ts'), `
    import { startRun, type LoggedRun, type RunOutcome } from '@thaw/client';
    const run: LoggedRun = startRun({ project: 'typed', config: { lr: 0.1 }, onProblem: ({ code, message }) => console.log(code, message) });
    run.log({ loss: 0.5 }, { step: 1, time: new Date() });
    // @ts-expect-error a value must be a number
    run.log({ loss: 'low' });
    // @ts-expect-error a run has a project
    startRun({ name: 'x' });
    export const outcome: Promise<RunOutcome> = run.finish();`);
  const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
  const types = path.join(root, 'node_modules/@types');
  await inProject('node', tsc, '--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2023,esnext.disposable', '--typeRoots', types, '--types', 'node', 'train.ts').catch((error: { stdout: string }) => {
    throw new Error(error.stdout);
  });
});
