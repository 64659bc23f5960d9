import { lowerIsBetter } from '../charts/metric-keys';
import { writeBlock } from './blocks/write-block';

export interface TemplateRun { id: string; name: string; evaluated: boolean }

export interface Material {
  /** The project's best finished runs, the best first; may be none. */
  best: readonly TemplateRun[];
  /** A metric that runs of the project log, such as val/accuracy. */
  metric: string;
  /** ISO date of today, such as 2026-01-31. */
  today: string;
}

export interface Template {
  name: string;
  label: string;
  what: string;
  write: (material: Material) => { title: string; body: string };
}

const text = (...parts: (string | false)[]) => `${parts.filter(Boolean).join('\n\n')}\n`;

/** What a new report begins with; the live blocks are of the project's own runs. */
export const templates: readonly Template[] = [
  { name: 'blank', label: 'Blank', what: 'An empty page.', write: () => ({ title: 'Untitled report', body: '' }) },
  { name: 'best', label: 'Comparison of the best three', what: 'Curves, figures, settings and mistakes of the three best runs.', write: comparison },
  { name: 'week', label: 'Weekly summary', what: 'What was tried since last week, what came out, what is next.', write: week },
];

function comparison({ best, metric }: Material) {
  const runs = best.length > 0 ? { runs: best } : { first: 3, by: metric };
  const winner = best.find(({ evaluated }) => evaluated);
  const title = best.length > 1 ? `Comparison of the best ${best.length} runs` : 'Comparison of the best runs';
  return {
    title,
    body: text(
      `The best runs by ${metric}, ${lowerIsBetter(metric) ? 'lowest' : 'highest'} first. **In short:** write here what a reader should take away.`,
      '# Results', writeBlock({ kind: 'table', ...runs }),
      '# How they got there', writeBlock({ kind: 'chart', metric, ...runs }),
      '# What was set differently', writeBlock({ kind: 'config-diff', ...runs }),
      winner !== undefined && '# What the best one still gets wrong',
      winner !== undefined && writeBlock({ kind: 'confusion', run: winner }),
      winner !== undefined && writeBlock({ kind: 'pictures', count: 12, run: winner }),
      '# Next', '- [ ] What to try next',
    ),
  };
}

function week({ metric, today }: Material) {
  const since = new Date(Date.parse(today) - 7 * 86_400_000).toISOString().slice(0, 10);
  const recent = { search: `created>=${since}`, first: 20 };
  return {
    title: `Week to ${today}`,
    body: text(
      '**In short:** what was learnt this week, in two sentences.',
      '# Tried this week', writeBlock({ kind: 'table', columns: ['status', 'dataset', 'backbone', metric, 'duration', 'created'], ...recent }),
      '# Curves', writeBlock({ kind: 'chart', metric, ...recent }),
      '# Best so far', writeBlock({ kind: 'table', first: 3, by: metric }),
      '# Next week', '- [ ] What to try next',
    ),
  };
}
