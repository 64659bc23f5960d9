import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { chooseAccount, type Account } from './account';
import { findBinaries, type Binaries } from './binaries';
import { ensureCluster, readPassword, superuser } from './cluster';
import { findFreePort } from './port';
import { clearOrphan, readPostmaster, stopPostgres } from './postmaster';

export interface EmbeddedPostgresOptions {
  /** Holds the cluster, in `data`, and the port it last had. */
  folder: string;
  logFile: string;
  database?: string;
  /** False trades safety at a power cut for speed; for databases that live as long as one test run. */
  durable?: boolean;
}

export interface EmbeddedPostgres {
  url: string;
  pid: number;
  /** Settles when the server's process has ended, whatever the cause. */
  exited: Promise<void>;
  stop(): Promise<void>;
}

/** Starts PostgreSQL on the folder, after recovering from whatever the last run left behind. */
export async function startEmbeddedPostgres({ folder, logFile, database = 'thaw', durable = true }: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  mkdirSync(folder, { recursive: true });
  mkdirSync(path.dirname(logFile), { recursive: true });
  const dataFolder = path.join(realpathSync(folder), 'data');
  const binaries = findBinaries();
  const account = chooseAccount([folder, binaries.postgres]);
  await ensureCluster(dataFolder, binaries, account, durable);
  await clearOrphan(dataFolder);

  const portFile = path.join(folder, 'port');
  const lastPort = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) || null : null;
  const { server, port } = await launch({ binaries, account, dataFolder, logFile, lastPort, durable });
  writeFileSync(portFile, `${port}\n`);

  const pid = server.pid!;
  const watch = endWithUs(pid);
  const exited = new Promise<void>((resolve) => {
    const settle = () => (watch.kill('SIGKILL'), resolve());
    if (server.exitCode !== null || server.signalCode !== null) settle();
    else server.once('exit', settle);
  });
  const address = (name: string) => `postgres://${superuser}:${readPassword(dataFolder)}@127.0.0.1:${port}/${name}`;
  const running = { url: address(database), pid, exited, stop: async () => (await stopPostgres(pid), await exited) };
  try {
    await ensureDatabase(address('postgres'), database);
  } catch (error) {
    await running.stop();
    throw error;
  }
  return running;
}

interface Launch {
  binaries: Binaries;
  account: Account;
  dataFolder: string;
  logFile: string;
  lastPort: number | null;
  durable: boolean;
}

/** Failures that pass: another program took the port, or sessions of a killed server still end. */
const passing = /could not create any TCP\/IP sockets|pre-existing shared memory block/;

async function launch(options: Launch): Promise<{ server: ChildProcess; port: number }> {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const port = await findFreePort(options.lastPort);
    const logStart = rotate(options.logFile);
    const server = spawnServer(options, port);
    if (await becomesReady(server, options.dataFolder)) return { server, port };
    const log = readFileSync(options.logFile).subarray(logStart).toString().trim();
    if (!passing.test(log) || Date.now() > deadline) throw new Error(`PostgreSQL did not start. Its log, ${options.logFile}, says:\n${log.slice(-2000)}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

function spawnServer({ binaries, account, dataFolder, logFile, durable }: Launch, port: number): ChildProcess {
  const settings = {
    listen_addresses: '127.0.0.1', port, unix_socket_directories: '', max_connections: 200, log_checkpoints: 'off',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const [file, args] = account.commandLine(binaries.postgres, ['-D', dataFolder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]);
  const log = openSync(logFile, 'a');
  try {
    // Its own process group: Ctrl-C in the terminal must reach us only, who stop things in order.
    return spawn(file, args, { ...account.ids, cwd: '/', detached: true, stdio: ['ignore', log, log], env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } });
  } finally {
    closeSync(log);
  }
}

/** False when it ended instead. Recovery after a crash may take long, so only its end is a failure. */
async function becomesReady(server: ChildProcess, dataFolder: string): Promise<boolean> {
  let failure: Error | null = null;
  server.once('error', (error) => (failure = error));
  for (;;) {
    if (failure) throw failure;
    if (server.exitCode !== null || server.signalCode !== null) return false;
    const postmaster = readPostmaster(dataFolder);
    if (postmaster?.pid === server.pid && postmaster?.ready) return true;
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

/** A shell that reads from us until we are gone, even by kill -9, and then asks the server to shut down. */
function endWithUs(pid: number): ChildProcess {
  const watch = spawn('sh', ['-c', 'read -r _; kill -INT "$0"', String(pid)], { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  watch.on('error', () => {});
  watch.unref();
  (watch.stdin as unknown as { unref(): void }).unref();
  return watch;
}

/** Keeps one older log; returns where this start's lines begin. */
function rotate(logFile: string): number {
  const size = existsSync(logFile) ? statSync(logFile).size : 0;
  if (size < 10_000_000) return size;
  renameSync(logFile, `${logFile}.1`);
  return 0;
}

async function ensureDatabase(url: string, name: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}
