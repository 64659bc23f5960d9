import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { ends, isAlive, startEmbeddedPostgres, type EmbeddedPostgres } from '.';

let home: string;
beforeEach(() => (home = mkdtempSync(path.join(tmpdir(), 'thaw-embedded-'))));
afterEach(() => rmSync(home, { recursive: true, force: true }));

const start = () => startEmbeddedPostgres({ folder: path.join(home, 'postgres'), logFile: path.join(home, 'logs/postgres.log') });

async function ask(server: EmbeddedPostgres, sql: string) {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('data outlives a stop, on the same port, and a stop leaves no process', async () => {
  const first = await start();
  await ask(first, 'create table kept as select 7 as n');
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);

  const second = await start();
  expect(second.url).toBe(first.url);
  expect(await ask(second, 'select n from kept')).toEqual([{ n: 7 }]);
  await second.stop();
});

test('what was written is there after kill -9, and fsync is on', async () => {
  const first = await start();
  await ask(first, 'create table kept as select 8 as n');
  process.kill(first.pid, 'SIGKILL');
  await first.exited;

  const second = await start();
  expect(await ask(second, 'select n from kept')).toEqual([{ n: 8 }]);
  expect(await ask(second, 'show fsync')).toEqual([{ fsync: 'on' }]);
  await second.stop();
});

test('a server that an earlier process left running is stopped first', async () => {
  const orphan = await start();
  const second = await start();
  expect(second.pid).not.toBe(orphan.pid);
  expect(await ends(orphan.pid, 0)).toBe(true);
  await second.stop();
});

test('a stale postmaster.pid does not hinder, even when an unrelated process has its pid', async () => {
  const first = await start();
  const pidFile = path.join(home, 'postgres/data/postmaster.pid');
  const stale = readFileSync(pidFile, 'utf8').replace(String(first.pid), String(process.pid));
  await first.stop();
  writeFileSync(pidFile, stale);
  const second = await start();
  await second.stop();
});

test('an initdb that was killed half-way leaves nothing that counts', async () => {
  const half = path.join(home, 'postgres/unfinished-1234/data');
  mkdirSync(half, { recursive: true });
  writeFileSync(path.join(half, 'PG_VERSION'), '18\n');
  const server = await start();
  expect(existsSync(half)).toBe(false);
  await server.stop();
});

const asRoot = process.getuid?.() === 0 ? test : test.skip;
asRoot('as root, a home that only root may enter works too', async () => {
  const closed = path.join(home, 'closed');
  mkdirSync(closed, { mode: 0o700 });
  const server = await startEmbeddedPostgres({ folder: path.join(closed, 'postgres'), logFile: path.join(closed, 'logs/postgres.log') });
  expect(await ask(server, 'select 1 as n')).toEqual([{ n: 1 }]);
  await server.stop();
});
