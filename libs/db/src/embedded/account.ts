import { spawnSync } from 'node:child_process';

/** How PostgreSQL's programs are run, which refuse to run as root. */
export interface Account {
  /** Who must own the data folder; null when that is whoever runs this process. */
  owner: { uid: number; gid: number } | null;
  /** Uid and gid for spawn(), when the plain switch of user is enough. */
  ids: { uid?: number; gid?: number };
  /** The command line that runs `file` under this account. */
  commandLine(file: string, args: readonly string[]): [file: string, args: string[]];
}

const asOurselves: Account = { owner: null, ids: {}, commandLine: (file, args) => [file, [...args]] };

/**
 * An ordinary user runs PostgreSQL directly. Root runs it as user `postgres`, created when missing. Where that user
 * cannot reach one of `paths` (all below /root, say), it keeps the one capability that lets it pass folders.
 */
export function chooseAccount(paths: readonly string[]): Account {
  if (process.getuid?.() !== 0) return asOurselves;
  const owner = findUser() ?? createUser();
  if (paths.every((each) => canReach(each, owner))) {
    return { owner, ids: owner, commandLine: (file, args) => [file, [...args]] };
  }
  const prefix = ['--reuid=postgres', '--regid=postgres', '--clear-groups', '--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  const trial = spawnSync('setpriv', [...prefix, 'true'], { encoding: 'utf8' });
  if (trial.status !== 0) {
    throw new Error(
      `PostgreSQL does not run as root, and user postgres cannot reach ${paths.filter((each) => !canReach(each, owner)).join(' and ')}. ` +
        'Set THAW_HOME to a folder that user postgres can reach, such as /var/lib/thaw (and keep this checkout outside /root), or start Thaw as an ordinary user. ' +
        `(setpriv, which would have helped: ${trial.error?.message ?? trial.stderr.trim()})`,
    );
  }
  return { owner, ids: {}, commandLine: (file, args) => ['setpriv', [...prefix, file, ...args]] };
}

function canReach(target: string, ids: { uid: number; gid: number }): boolean {
  return spawnSync('test', ['-x', target], { ...ids, cwd: '/' }).status === 0;
}

function findUser(): { uid: number; gid: number } | null {
  const uid = spawnSync('id', ['-u', 'postgres'], { encoding: 'utf8' });
  const gid = spawnSync('id', ['-g', 'postgres'], { encoding: 'utf8' });
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : null;
}

function createUser(): { uid: number; gid: number } {
  const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'postgres'], { encoding: 'utf8' });
  const owner = findUser();
  if (owner) return owner;
  throw new Error(
    `PostgreSQL does not run as root, and a user "postgres" to run it could not be created: ${made.error?.message ?? made.stderr.trim()}. ` +
      'Create that user, start Thaw as an ordinary user, or set DATABASE_URL to a Postgres 15 or newer.',
  );
}
