import { existsSync, readFileSync } from 'node:fs';
import type { Verdict } from './verdict';

/** One line of the executors' journal. */
interface Line {
  /** milliseconds of the machine's monotonic clock */
  at: number;
  run: string;
  token: string;
  event: 'start' | 'batch' | 'end';
}

/** No batch of a run is begun under one token once another token's execution has begun: no run was executed by two at once. */
export function checkExclusive(journalFile: string): Verdict {
  const lines = existsSync(journalFile) ? readFileSync(journalFile, 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line) as Line) : [];
  const byRun = new Map<string, Map<string, { from: number; to: number }>>();
  for (const { at, run, token, event } of lines) {
    // Letting go of a run may come late, and is no work on it.
    if (event === 'end') continue;
    const executions = byRun.get(run) ?? new Map<string, { from: number; to: number }>();
    const { from, to } = executions.get(token) ?? { from: at, to: at };
    byRun.set(run, executions.set(token, { from: Math.min(from, at), to: Math.max(to, at) }));
  }
  let checked = 0;
  const problems: string[] = [];
  for (const [run, executions] of byRun) {
    const ordered = [...executions].sort(([, a], [, b]) => a.from - b.from);
    checked += ordered.length;
    ordered.slice(1).forEach(([token, { from }], index) => {
      const [earlier, { to }] = ordered[index]!;
      if (from < to) problems.push(`run ${run} was executed under ${earlier} until ${to - from} ms after ${token} had begun.`);
    });
  }
  return { name: 'executions of a run, one after the other', unit: 'executions', checked, problems };
}
