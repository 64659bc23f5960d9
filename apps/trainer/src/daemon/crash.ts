import { readFileSync } from 'node:fs';
import type { CrashInput } from '@thaw/client';
import { isOutOfMemory } from '../out-of-memory';
import type { Death } from './executor-process';

/** As the API takes it; the message is what the executor printed last. */
export type Crash = Required<CrashInput>;

/** How often the kernel has ended a process for want of memory: here or elsewhere on the machine, as far as it tells. */
export function oomKills(): number {
  return counted('/proc/vmstat') + counted('/sys/fs/cgroup/memory.events') + counted('/sys/fs/cgroup/memory/memory.oom_control');
}

/** What is told of an executor that ended under its run. */
export function crashOf({ signal, exitCode, lastLines }: Death, oomKillsBefore: number): Crash {
  const outOfMemory = (signal === 'SIGKILL' && oomKills() > oomKillsBefore) || lastLines.some(isOutOfMemory);
  return { signal, exitCode, outOfMemory, message: lastLines.join('\n') || null };
}

export const describeCrash = ({ signal, exitCode, outOfMemory }: Crash): string =>
  `The process that trained the run ${signal ? `was ended by ${signal}` : `ended with exit code ${exitCode}`}${outOfMemory ? ': there was no memory left' : ''}.`;

function counted(file: string): number {
  try {
    return Number(/^oom_kill (\d+)/m.exec(readFileSync(file, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
