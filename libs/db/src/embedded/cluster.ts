import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Account } from './account';
import type { Binaries } from './binaries';

export const superuser = 'thaw';

const passwordFile = (dataFolder: string) => path.join(dataFolder, 'thaw-password');

export const readPassword = (dataFolder: string) => readFileSync(passwordFile(dataFolder), 'utf8').trim();

/**
 * Makes the cluster at `dataFolder` unless it stands. It is built under a temporary name and renamed when complete,
 * so a data folder that exists is a whole one, its password included.
 */
export async function ensureCluster(dataFolder: string, binaries: Binaries, account: Account, durable: boolean): Promise<void> {
  if (existsSync(dataFolder)) return;
  const parent = path.dirname(dataFolder);
  for (const name of readdirSync(parent)) {
    if (name.startsWith('unfinished-')) rmSync(path.join(parent, name), { recursive: true, force: true });
  }
  const workshop = path.join(parent, `unfinished-${randomBytes(4).toString('hex')}`);
  const password = randomBytes(18).toString('base64url');
  const given = path.join(workshop, 'password');
  const cluster = path.join(workshop, 'data');
  mkdirSync(cluster, { recursive: true, mode: 0o700 });
  writeFileSync(given, password, { mode: 0o600 });
  if (account.owner) for (const each of [workshop, given, cluster]) chownSync(each, account.owner.uid, account.owner.gid);

  // The builtin C.UTF-8 sorts the same on every machine, whatever locales it has.
  const [file, args] = account.commandLine(binaries.initdb, [
    `--pgdata=${cluster}`, `--username=${superuser}`, `--pwfile=${given}`, '--auth=scram-sha-256', '--encoding=UTF8',
    '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', ...(durable ? [] : ['--no-sync']),
  ]);
  await new Promise<void>((resolve, reject) => {
    const child = spawn(file, args, { ...account.ids, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`initdb could not make the database at ${dataFolder} (${signal ?? `exit code ${code}`}):\n${output.trim()}`));
    });
  });
  writeFileSync(passwordFile(cluster), `${password}\n`, { mode: 0o600 });
  if (account.owner) chownSync(passwordFile(cluster), account.owner.uid, account.owner.gid);
  renameSync(cluster, dataFolder);
  rmSync(workshop, { recursive: true, force: true });
}
