import { readFileSync } from 'node:fs';

/** Bytes since some fixed moment; absent where the system does not say (all but Linux). */
export interface Traffic {
  diskRead?: number;
  diskWritten?: number;
  received?: number;
  sent?: number;
}

/** What the given processes moved to and from disks, and the machine over its network. */
export function traffic(pids: readonly number[]): Traffic {
  if (process.platform !== 'linux') return {};
  return { ...disk(pids), ...network() };
}

function disk(pids: readonly number[]): Traffic {
  const files = pids.flatMap((pid) => read(`/proc/${pid}/io`));
  // The page cache answers most reads; read_bytes counts those that reached the disk.
  const sum = (key: string) => files.reduce((total, text) => total + Number(new RegExp(`^${key}: (\\d+)$`, 'm').exec(text)?.[1] ?? 0), 0);
  return files.length > 0 ? { diskRead: sum('read_bytes'), diskWritten: sum('write_bytes') } : {};
}

function network(): Traffic {
  const rows = read('/proc/net/dev').flatMap((text) => text.split('\n').slice(2)).map((line) => line.trim().split(/[\s:]+/)).filter(([name]) => name && name !== 'lo');
  const sum = (column: number) => rows.reduce((total, row) => total + Number(row[column] ?? 0), 0);
  return rows.length > 0 ? { received: sum(1), sent: sum(9) } : {};
}

function read(file: string): string[] {
  try {
    return [readFileSync(file, 'utf8')];
  } catch {
    return [];
  }
}
