import { lineKey, type Line } from './log-window';

/** What the list shows: lines, and before the first of each claim who printed them. */
export type LogRow = { key: string; line: Line } | { key: string; claim: number };

/** Claim 0 is a script's own: there is nothing to tell apart. */
export function rowsOf(lines: readonly Line[]): LogRow[] {
  const rows: LogRow[] = [];
  let claim = 0;
  for (const line of lines) {
    if (line.claim !== claim) {
      claim = line.claim;
      rows.push({ key: `claim ${claim}`, claim });
    }
    rows.push({ key: lineKey(line), line });
  }
  return rows;
}
