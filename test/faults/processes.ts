import { readdirSync, readFileSync } from 'node:fs';

export interface StackProcess {
  pid: number;
  /** 'supervisor', 'postgres', 'api', 'web', 'trainer', 'executor', or 'other': what belongs to one of them. */
  part: string;
  /** Of trainers and executors: THAW_TRAINER_NAME. */
  trainer: string | null;
}

const parts: [part: string, mark: string][] = [
  ['supervisor', 'libs/stack/dist/main.js'],
  ['api', 'apps/api/dist/main.js'],
  ['web', 'next/dist/bin/next'],
  ['executor', 'apps/trainer/dist/executor.js'],
  ['trainer', 'apps/trainer/dist/main.js'],
];

/** Every live process of the stack on this home, as /proc tells it: a pid that was noted may be another's by now. */
export function processesOf(home: string): StackProcess[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name): StackProcess[] => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const variables = readFileSync(`/proc/${name}/environ`, 'utf8').split('\0');
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
      if (stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z') || !variables.includes(`THAW_HOME=${home}`)) return [];
      const part = command.includes(` -D ${home}/postgres/data `) ? 'postgres' : (parts.find(([, mark]) => command.includes(mark))?.[0] ?? 'other');
      const named = variables.find((each) => each.startsWith('THAW_TRAINER_NAME='))?.slice('THAW_TRAINER_NAME='.length) ?? null;
      return [{ pid: Number(name), part, trainer: part === 'trainer' || part === 'executor' ? named : null }];
    } catch {
      // It ended while it was looked at.
      return [];
    }
  });
}

export function kill(pid: number, signal: NodeJS.Signals = 'SIGKILL'): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended meanwhile.
  }
}
