import { cpus, totalmem, type } from 'node:os';
import type { Result } from './result';

export const machine = (): string => `${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 1024 ** 3)} GiB, ${type()}, Node ${process.versions.node}`;

/** For people; the JSON line is for programs. */
export function printTable(results: readonly Result[]): void {
  const rows = results.map(({ name, unit, thaw, peers, ratio, goal, met }) => [
    name,
    `${show(thaw)} ${unit}`,
    Object.entries(peers).map(([peer, value]) => `${peer} ${show(value)}`).join(', ') || '–',
    ratio === null ? '–' : `${show(ratio)} ×`,
    goal ?? '–',
    met === null ? '' : met ? 'met' : 'NOT MET',
  ]);
  const all = [['', 'Thaw', 'peers', 'ratio', 'goal', ''], ...rows];
  // Whatever has no peers needs no column for them.
  const said = all[0]!.map((_, column) => rows.some((row) => row[column] !== '–'));
  const lines = all.map((line) => line.filter((_, column) => said[column]));
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  for (const line of lines) console.log(line.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd());
}

const show = (value: number): string => (Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : Number(value.toPrecision(3)).toString());
