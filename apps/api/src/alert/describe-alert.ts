import type { AlertFacts, AlertKind, AlertRuleRow } from '@thaw/db';

const endings: Record<string, string> = { ERROR: 'an error', OUT_OF_MEMORY: 'out of memory', TRAINER_LOST: 'its trainers were lost' };

/** Dotted, as Standard Webhooks wants them. */
export const messageTypes: Record<AlertKind, string> = {
  RUN_FAILED: 'run.failed',
  RUN_FINISHED: 'run.finished',
  METRIC_CROSSED: 'metric.crossed',
  METRIC_NOT_FINITE: 'metric.not_finite',
  RUN_STALLED: 'run.stalled',
  RUN_WAITING: 'run.waiting',
  BEST_BEATEN: 'best.beaten',
};

export type DescribedRule = Pick<AlertRuleRow, 'kind' | 'direction' | 'threshold' | 'points'>;

/** What happened, to be read behind the run's name: "failed: out of memory". */
export function describeAlert({ kind, direction, threshold, points }: DescribedRule, { endReason, key, value, step, minutes, best }: AlertFacts): string {
  switch (kind) {
    case 'RUN_FAILED':
      return `failed: ${endings[endReason ?? ''] ?? 'see its page'}`;
    case 'RUN_FINISHED':
      return endReason === 'EARLY_STOPPED' ? 'finished, stopped early' : 'finished';
    case 'METRIC_CROSSED':
      return `${key} is ${direction === 'ABOVE' ? 'above' : 'below'} ${threshold}: ${short(value)} at step ${step}${points > 1 ? `, ${points} points in a row` : ''}`;
    case 'METRIC_NOT_FINITE':
      return `${key} became ${value} at step ${step}`;
    case 'RUN_STALLED':
      return `has logged ${key ? `no ${key}` : 'no metric'} for ${minutes} minutes`;
    case 'RUN_WAITING':
      return `has waited for a trainer for ${minutes} minutes`;
    case 'BEST_BEATEN':
      return `is the best of the project now: ${key} ${short(value)}, before ${short(best)}`;
  }
}

const short = (value: AlertFacts['value']) => (typeof value === 'number' ? String(Number(value.toPrecision(6))) : String(value));
