import { readFileSync } from 'node:fs';
import { isOutOfMemory } from '../out-of-memory';
import type { Death } from './executor-process';

export interface Crash {
  signal: string | null;
  exitCode: number | null;
  outOfMemory: boolean;
  message: string;
}

/** How often the kernel has ended a process for want of memory: here or elsewhere on the machine, as far as it tells. */
export function oomKills(): number {
  return counted('/proc/vmstat') + counted('/sys/fs/cgroup/memory.events') + counted('/sys/fs/cgroup/memory/memory.oom_control');
}

/** What is told of an executor that ended under its run. */
export function describeDeath({ signal, exitCode, lastLines }: Death, oomKillsBefore: number): Crash {
  const killedForMemory = signal === 'SIGKILL' && oomKills() > oomKillsBefore;
  const outOfMemory = killedForMemory || lastLines.some(isOutOfMemory);
  const how = signal ? `was ended by ${signal}` : `ended with exit code ${exitCode}`;
  const why = killedForMemory ? ': the machine had no memory left' : outOfMemory ? ': it ran out of memory' : '';
  return { signal, exitCode, outOfMemory, message: [`The process that trained the run ${how}${why}.`, ...lastLines].join('\n') };
}

function counted(file: string): number {
  try {
    return Number(/^oom_kill (\d+)/m.exec(readFileSync(file, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
