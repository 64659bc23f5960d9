import { plainText } from './ansi';
import { claimTitle, type Claim } from './claim-title';
import { rowsOf } from './log-rows';
import type { Line } from './log-window';

/** Lines as a file has them: no colours, and a heading where another trainer went on. */
export function asText(lines: readonly Line[], { claims, times }: { claims: readonly Claim[]; times: boolean }): string {
  return rowsOf(lines)
    .map((row) => ('line' in row ? `${times ? `${row.line.at} ` : ''}${plainText(row.line.text)}\n` : `--- ${claimTitle(row.claim, claims, (time) => time)} ---\n`))
    .join('');
}
