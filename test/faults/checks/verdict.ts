import { machine, printTable } from '../../bench/kit/report';
import type { Result } from '../../bench/kit/result';
import type { FaultOptions } from '../options';

/** So many things were looked at, and these were not right. */
export interface Verdict {
  name: string;
  unit: string;
  checked: number;
  problems: readonly string[];
}

/** What was measured, with or without a limit. */
export interface Figure {
  name: string;
  unit: string;
  value: number;
  atMost?: number;
}

export type Finding = Verdict | Figure;

/** A verdict on nothing is no verdict. */
export function toResult(finding: Finding): Result {
  const common = { name: finding.name, unit: finding.unit, peers: {}, ratio: null };
  if ('problems' in finding) {
    const { checked, problems } = finding;
    return { ...common, thaw: Math.max(0, checked - problems.length), goal: `all of ${Math.max(checked, 1)}`, met: checked > 0 && problems.length === 0 };
  }
  const { value, atMost } = finding;
  return { ...common, thaw: value, goal: atMost === undefined ? null : `≤ ${atMost}`, met: atMost === undefined ? null : value <= atMost };
}

/** The table, the problems, with --json the same for programs. Answers whether everything was in order. */
export function publish(findings: readonly Finding[], { json, seed, kills }: FaultOptions): boolean {
  const results = findings.map(toResult);
  printTable(results);
  for (const finding of findings) {
    if (!('problems' in finding)) continue;
    for (const problem of finding.problems.slice(0, 20)) console.log(`NOT MET  ${finding.name}: ${problem}`);
    if (finding.problems.length > 20) console.log(`NOT MET  ${finding.name}: … and ${finding.problems.length - 20} more`);
  }
  console.log(`${machine()} · seed ${seed} · ${kills} kills`);
  if (json) console.log(JSON.stringify({ bench: 'faults', machine: machine(), results }));
  return results.every(({ met }) => met !== false);
}
