import type { BenchOptions } from './options';
import { machine, printTable } from './report';
import { judge } from './result';

export type Figure = Parameters<typeof judge>[0];

/** The table, with --json the same for programs, and exit code 1 when a goal is missed. */
export function publish(bench: string, figures: readonly Figure[], { json, smoke }: BenchOptions): void {
  const results = figures.map(judge);
  printTable(results);
  console.log(`${machine()}${smoke ? ' · a smoke round: its figures mean nothing' : ''}`);
  if (json) console.log(JSON.stringify({ bench, machine: machine(), results }));
  process.exitCode = results.some(({ met }) => met === false) && !smoke ? 1 : 0;
}
