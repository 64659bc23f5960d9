import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { findFreePort } from '@thaw/db/embedded';
import { root } from '../kit/shared-data';
import { isHealthy, launch, makeHome, pidsOf, processesOf, start, startInVain, sweep, until } from './running-stack';

let home: string;
let port: number;
beforeEach(async () => {
  home = makeHome();
  port = await findFreePort(null);
});
afterEach(() => sweep(home));

test('an empty home becomes a running Thaw, and Ctrl-C leaves no process and no lock', async () => {
  const stack = await start(home, port);
  expect(stack.url).toBe(`http://127.0.0.1:${port}`);
  expect(await isHealthy(stack.url)).toBe(true);
  expect((await fetch(stack.url)).status).toBe(200);
  expect(processesOf(home).length).toBeGreaterThanOrEqual(5);

  // What is only served stays as it was built: a file written there would have the next start build it all again.
  const began = Date.now();
  for (const asset of ['/icon.svg', '/p/default/runs', '/nowhere']) await (await fetch(stack.url + asset)).arrayBuffer();
  expect(writtenSince(began, 'apps/web/.next')).toEqual([]);

  expect(await stack.interrupt()).toBe(0);
  expect(processesOf(home)).toEqual([]);
  expect(existsSync(path.join(home, 'stack.lock'))).toBe(false);
  expect(existsSync(path.join(home, 'postgres/data/postmaster.pid'))).toBe(false);
});

test('each part comes back after kill -9, each of several trainers under its own name', async () => {
  const stack = await start(home, port, { env: { THAW_TRAINERS: '2', THAW_TRAINER_NAME: 'box', THAW_BACKEND: 'wasm' } });
  for (const name of ['api', 'web', 'trainer', 'trainer-2', 'postgres']) {
    const before = pidsOf(home)[name]!;
    process.kill(before, 'SIGKILL');
    await until(() => stack.output().includes(`${name} is running again`), 30_000, stack.output);
    await until(() => isHealthy(stack.url), 30_000, stack.output);
    expect(pidsOf(home)[name]).not.toBe(before);
    expect((await fetch(stack.url)).status).toBe(200);
  }
  await until(async () => (await trainersOf(stack.url)).join() === 'box,box-2', 30_000, stack.output);
  expect(await stack.interrupt()).toBe(0);
  expect(existsSync(path.join(home, 'logs/trainer-2.log'))).toBe(true);
});

/** Files of a folder of the repository, from its root. */
function writtenSince(moment: number, folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).filter((file) => statSync(path.join(root, folder, file)).mtimeMs >= moment);
}

async function trainersOf(url: string): Promise<string[]> {
  const body = JSON.stringify({ query: '{ trainers { name } }' });
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { data } = (await response.json()) as { data: { trainers: { name: string }[] } };
  return data.trainers.map(({ name }) => name).sort();
}

test('after kill -9 of the supervisor its children end, and the next start works', async () => {
  const first = await start(home, port);
  first.supervisor.kill('SIGKILL');
  await until(() => processesOf(home).length === 0, 30_000, () => processesOf(home).join('\n'));

  const second = await start(home, port);
  expect(await isHealthy(second.url)).toBe(true);
  expect(await second.interrupt()).toBe(0);
});

test('after kill -9 of everything at once the next start works at once', async () => {
  await start(home, port);
  for (const line of processesOf(home)) process.kill(Number(line.split(' ')[0]), 'SIGKILL');
  const second = await start(home, port);
  expect(await isHealthy(second.url)).toBe(true);
  expect(await second.interrupt()).toBe(0);
});

test('when npm, or its shell, is killed, everything stops in order', async () => {
  const stack = await start(home, port, { belowShell: true });
  stack.supervisor.kill('SIGTERM');
  await until(() => processesOf(home).length === 0, 30_000, () => processesOf(home).join('\n'));
  expect(existsSync(path.join(home, 'stack.lock'))).toBe(false);
});

test('a second start on the same home is refused and harms nothing', async () => {
  const first = await start(home, port);
  const second = await startInVain(home, await findFreePort(null));
  expect(second.code).toBe(1);
  expect(second.output).toContain(`already runs on ${home}, at ${first.url}`);
  expect(await isHealthy(first.url)).toBe(true);
  await first.interrupt();
});

test('a port in use is named before anything is started', async () => {
  const other = createServer().listen(port, '127.0.0.1');
  await once(other, 'listening');
  const { code, output } = await startInVain(home, port);
  expect(code).toBe(1);
  expect(output).toMatch(new RegExp(`Port ${port} .*in use[^]*PORT=\\d+ npm start`));
  expect(existsSync(path.join(home, 'postgres'))).toBe(false);
  expect(existsSync(path.join(home, 'stack.lock'))).toBe(false);
  other.close();
});

test('Ctrl-C while it is starting stops what had started', async () => {
  const { child, output } = launch(home, port);
  await until(() => existsSync(path.join(home, 'logs/web.log')), 20_000, output);
  child.kill('SIGINT');
  await once(child, 'close');
  expect(processesOf(home)).toEqual([]);
  expect(existsSync(path.join(home, 'stack.lock'))).toBe(false);
});

const nobody = 65534;
// Root can become an ordinary user, if that user may enter the checkout. Whoever is one has shown it by the tests above.
const asNobody = process.getuid?.() === 0 && isOpenToOthers(path.resolve(__dirname, '../..')) ? test : test.skip;
asNobody('an ordinary user can run it', async () => {
  const own = makeHome(nobody);
  try {
    const stack = await start(own, port, { user: nobody });
    expect(await isHealthy(stack.url)).toBe(true);
    expect(statSync(path.join(own, 'postgres/data')).uid).toBe(nobody);
    expect(await stack.interrupt()).toBe(0);
    expect(processesOf(own)).toEqual([]);
  } finally {
    sweep(own);
  }
});

function isOpenToOthers(folder: string): boolean {
  const isOpen = (statSync(folder).mode & 0o005) === 0o005;
  return isOpen && (folder === path.dirname(folder) || isOpenToOthers(path.dirname(folder)));
}
