import { formatValue } from '../../format/numbers';
import type { FactGroup } from './compared-facts';
import { notSet } from './fact-texts';

/** The table as Markdown, to be pasted into a report or an issue. */
export function asMarkdown(groups: readonly FactGroup[], names: readonly string[]): string {
  const lines = [
    line(['Setting', ...names].map(cell)),
    line(['---', ...names.map(() => '---')]),
    ...groups.flatMap(({ name, rows }) => [`| **${name}** |${' |'.repeat(names.length)}`, ...rows.map(({ label, values }) => line([label, ...values.map((value) => (value === undefined ? notSet : formatValue(value)))].map(cell)))]),
  ];
  return `${lines.join('\n')}\n`;
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
