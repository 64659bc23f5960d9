import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** The process that writes and sends a spool file; the file's name carries it, so that taking over is one atomic rename. */
export interface Owner {
  host: string;
  pid: number;
  /** Tells a process from a later one with the same pid; 0 where that cannot be told. */
  started: string;
}

/** On another machine's disk a pid says nothing: there a file counts as left behind once it has not been touched for this long. */
const silenceMs = 120_000;

const thisHost = hostname().replace(/[^A-Za-z0-9-]/g, '_');

export const thisProcess = (): Owner => ({ host: thisHost, pid: process.pid, started: startOf(process.pid) ?? '0' });

export const fileName = (runId: string, { host, pid, started }: Owner): string => `${runId}@${host}.${pid}.${started}.spool`;

export function parseFileName(name: string): { runId: string; owner: Owner } | null {
  const match = /^([0-9a-f-]{36})@([^.]+)\.(\d+)\.(\d+)\.spool$/.exec(name);
  return match ? { runId: match[1]!, owner: { host: match[2]!, pid: Number(match[3]), started: match[4]! } } : null;
}

export function isLeft({ host, pid, started }: Owner, touchedAt: number): boolean {
  if (host !== thisHost) return Date.now() - touchedAt > silenceMs;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return true;
  }
  const start = startOf(pid);
  return start === undefined ? process.platform === 'linux' : started !== '0' && start !== started;
}

/** Field 22 of /proc/<pid>/stat, clock ticks since boot; undefined for a process that is gone, and off Linux. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
