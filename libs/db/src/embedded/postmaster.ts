import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { commandLineOf, ends, isAlive } from './processes';

const lockFile = (dataFolder: string) => path.join(dataFolder, 'postmaster.pid');

/** What the running (or killed) server wrote about itself: line 1 is its pid, line 8 its state. */
export function readPostmaster(dataFolder: string): { pid: number; ready: boolean } | null {
  try {
    const lines = readFileSync(lockFile(dataFolder), 'utf8').split('\n');
    return { pid: Number(lines[0]), ready: lines[7]?.trim() === 'ready' };
  } catch {
    return null;
  }
}

/** After a kill -9 of us a server may still run on the folder: it is stopped. A pid file whose server is gone is removed. */
export async function clearOrphan(dataFolder: string): Promise<void> {
  const left = readPostmaster(dataFolder);
  if (!left) return;
  const command = Number.isInteger(left.pid) && left.pid > 1 && isAlive(left.pid) ? commandLineOf(left.pid) : null;
  if (command?.includes('postgres') && command.includes(` -D ${dataFolder} `)) await stopPostgres(left.pid);
  // PostgreSQL itself refuses to start when an unrelated process has taken the pid.
  else rmSync(lockFile(dataFolder), { force: true });
}

/** Fast shutdown (sessions are ended, all is written); a server that hangs is stopped at once and recovers at its next start. */
export async function stopPostgres(pid: number): Promise<void> {
  for (const [signal, patienceMs] of [['SIGINT', 20_000], ['SIGQUIT', 5_000], ['SIGKILL', 5_000]] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    if (await ends(pid, patienceMs)) return;
  }
}
