import { spawnSync } from 'node:child_process';
import type { BackendName } from '../env';
import { executorProgram } from '../executor-program';
import type { Probe } from './probe';

/** In a process of its own: two native packages cannot share one, and a broken binding takes its process with it. */
export function probeApart(name: BackendName, program = executorProgram): Probe {
  const { stdout, stderr, signal } = spawnSync(process.execPath, [program, 'probe', name], { encoding: 'utf8', timeout: 120_000 });
  const answer = (stdout ?? '').trim().split('\n').at(-1) ?? '';
  try {
    return JSON.parse(answer) as Probe;
  } catch {
    const last = (stderr ?? '').trim().split('\n').at(-1);
    return { loads: false, reason: `Its process ended ${signal ? `by ${signal}` : 'without an answer'}${last ? `: ${last}` : ''}.` };
  }
}
