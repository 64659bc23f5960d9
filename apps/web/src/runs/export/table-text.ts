import type { TableRunFragment } from '../../generated/graphql';
import { lowerIsBetter } from '../../charts/metric-keys';
import { csvRow } from '../../format/csv';
import { formatMetric, formatSetting } from '../../format/numbers';
import { formatDuration } from '../../format/time';
import type { RunColumn } from '../table/columns';

const statWord = { LAST: '', MIN: ' (min)', MAX: ' (max)' };
const headOf = ({ title, stat }: RunColumn): string => `${title}${stat ? statWord[stat] : ''}`;

export const csvHead = (columns: readonly RunColumn[]): string => csvRow(columns.map(headOf));
/** Numbers as they were logged, not as they are shown. */
export const csvRows = (columns: readonly RunColumn[], runs: readonly TableRunFragment[]): string => runs.map((run) => csvRow(columns.map((column) => column.value(run)))).join('');

const special: Record<string, string> = { '\\': '\\textbackslash{}', '{': '\\{', '}': '\\}', '$': '\\$', '&': '\\&', '#': '\\#', '%': '\\%', '_': '\\_', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}', '<': '\\textless{}', '>': '\\textgreater{}', '–': '--', '−': '$-$', '∞': '$\\infty$', '±': '$\\pm$' };

/** Each sign as LaTeX prints it, on one line. */
export const latexText = (text: string): string => text.replace(/[\\{}$&#%_~^<>–−∞±]/g, (sign) => special[sign]!).replace(/\s+/g, ' ');

/** A table of the booktabs package. best: the best figure of each metric is bold. */
export function latexHead(columns: readonly RunColumn[]): string {
  return `% \\usepackage{booktabs}\n\\begin{tabular}{${columns.map(({ right }) => (right ? 'r' : 'l')).join('')}}\n\\toprule\n${columns.map((column) => latexText(headOf(column))).join(' & ')} \\\\\n\\midrule\n`;
}

export const latexRows = (columns: readonly RunColumn[], runs: readonly TableRunFragment[], best: ReadonlyMap<string, number>): string =>
  runs.map((run) => `${columns.map((column) => latexCell(column, column.value(run), best.get(column.id))).join(' & ')} \\\\\n`).join('');

export const latexFoot = '\\bottomrule\n\\end{tabular}\n';

function latexCell(column: RunColumn, value: unknown, best: number | undefined): string {
  if (value === undefined || value === null) return '--';
  if (column.kind === 'metric') {
    const text = latexText(formatMetric(value as number));
    return value === best ? `\\textbf{${text}}` : text;
  }
  if (column.id === 'duration') return formatDuration(value as number);
  return latexText(/^(created|started|ended)$/.test(column.id) ? String(value).slice(0, 16).replace('T', ' ') : formatSetting(value, 6));
}

/** The best figure of each metric that has a better end. */
export function bestOf(columns: readonly RunColumn[], runs: readonly TableRunFragment[], before: ReadonlyMap<string, number> = new Map()): Map<string, number> {
  const best = new Map(before);
  for (const column of columns) {
    const lower = column.kind === 'metric' ? lowerIsBetter(column.key) : null;
    if (lower === null) continue;
    for (const run of runs) {
      const value = column.value(run);
      if (typeof value !== 'number' || !Number.isFinite(value)) continue;
      const held = best.get(column.id);
      if (held === undefined || (lower ? value < held : value > held)) best.set(column.id, value);
    }
  }
  return best;
}
