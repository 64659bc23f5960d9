import { stepLabel, type StepAxis } from './axes';
import type { DrawnLine } from './drawn-line';

const named = 8;

/** What a chart shows, for people who do not see it: where each line stands at its end. */
export function describeLines(label: string, lines: readonly DrawnLine[], over: StepAxis, format: (value: number) => string): string {
  const parts = lines.slice(0, named).map(({ label: name, x, y, raw }) =>
    `${name} ${x.length > 0 ? `${format((raw ?? y).at(-1)!)} ${placeOf(stepLabel(over, x.at(-1)!).toLowerCase())}` : 'no points yet'}`);
  return `Chart of ${label}. ${parts.join('; ')}${lines.length > named ? `; and ${lines.length - named} more` : ''}.`;
}

/** "at epoch 5", "after 3m 2s" */
const placeOf = (label: string) => (/^(at|after) /.test(label) ? label : `at ${label}`);
