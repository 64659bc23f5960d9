import type { AlertKind, RuleFragment, RunEndReason } from '../generated/graphql';

export const kindLabels: Record<AlertKind, string> = {
  RUN_FAILED: 'A run failed',
  RUN_FINISHED: 'A run finished',
  METRIC_CROSSED: 'A metric crossed a threshold',
  METRIC_NOT_FINITE: 'A metric became NaN or infinite',
  RUN_STALLED: 'A run stalled',
  RUN_WAITING: 'A run waits too long in the queue',
  BEST_BEATEN: 'The best run of the project was beaten',
};
export const kinds = Object.keys(kindLabels) as AlertKind[];

export const reasonLabels: Partial<Record<RunEndReason, string>> = { ERROR: 'an error', OUT_OF_MEMORY: 'out of memory', TRAINER_LOST: 'trainer lost', COMPLETED: 'all epochs trained', EARLY_STOPPED: 'stopped early' };
export const reasonsOf: Partial<Record<AlertKind, RunEndReason[]>> = { RUN_FAILED: ['ERROR', 'OUT_OF_MEMORY', 'TRAINER_LOST'], RUN_FINISHED: ['COMPLETED', 'EARLY_STOPPED'] };

export type Condition = Pick<RuleFragment, 'kind' | 'endReasons' | 'key' | 'direction' | 'threshold' | 'points' | 'firstOnly' | 'minutes'>;

/** What a rule watches for, as a sentence without its end. */
export function ruleText({ kind, endReasons, key, direction, threshold, points, firstOnly, minutes }: Condition): string {
  const ended = endReasons.length > 0 ? `: ${endReasons.map((reason) => reasonLabels[reason] ?? reason).join(' or ')}` : '';
  switch (kind) {
    case 'RUN_FAILED':
      return `A run failed${ended}`;
    case 'RUN_FINISHED':
      return `A run finished${ended}`;
    case 'METRIC_CROSSED':
      return `${key} is ${direction === 'ABOVE' ? 'above' : 'below'} ${threshold}${points > 1 ? ` for ${points} points in a row` : ''}${firstOnly ? ', the first time' : ''}`;
    case 'METRIC_NOT_FINITE':
      return `${key ?? 'Any metric'} became NaN or infinite`;
    case 'RUN_STALLED':
      return `A run logged no ${key ?? 'metric'} for ${minutes} minutes`;
    case 'RUN_WAITING':
      return `A run waited for ${minutes} minutes`;
    case 'BEST_BEATEN':
      return `A run has the best ${key} so far (${direction === 'ABOVE' ? 'higher' : 'lower'} is better)`;
  }
}
