import type { AlertKind, RunEndReason } from '@thaw/db';
import type { NewRule } from '@thaw/db/queries/alert/insert-rule';
import { isUnprintable } from '@thaw/series';
import { userError, type UserError } from '../errors';

type Settings = Pick<NewRule, 'kind' | 'endReasons' | 'key' | 'direction' | 'threshold' | 'points' | 'firstOnly' | 'minutes'>;

const reasonsOf: Partial<Record<AlertKind, RunEndReason[]>> = {
  RUN_FAILED: ['ERROR', 'OUT_OF_MEMORY', 'TRAINER_LOST'],
  RUN_FINISHED: ['COMPLETED', 'EARLY_STOPPED'],
};

const takes: Record<'key' | 'direction' | 'threshold' | 'minutes', readonly AlertKind[]> = {
  key: ['METRIC_CROSSED', 'METRIC_NOT_FINITE', 'RUN_STALLED', 'BEST_BEATEN'],
  direction: ['METRIC_CROSSED', 'BEST_BEATEN'],
  threshold: ['METRIC_CROSSED'],
  minutes: ['RUN_STALLED', 'RUN_WAITING'],
};
const optional: Partial<Record<keyof typeof takes, readonly AlertKind[]>> = { key: ['METRIC_NOT_FINITE', 'RUN_STALLED'] };
const examples: Record<keyof typeof takes, string> = { key: 'the name of a metric, such as "val/loss"', direction: 'ABOVE or BELOW', threshold: 'a number, such as 0.9', minutes: 'a whole number, such as 30' };

/** Every problem of a rule as it would stand. */
export function checkRule(rule: Settings): UserError[] {
  const problems: UserError[] = [];
  for (const field of Object.keys(takes) as (keyof typeof takes)[]) {
    const given = rule[field] !== null;
    if (given && !takes[field].includes(rule.kind)) problems.push(userError(field, 'FIELD_NOT_TAKEN', `A rule of kind ${rule.kind} takes no ${field}; ${takes[field].join(' and ')} ${takes[field].length > 1 ? 'do' : 'does'}. Leave it out.`));
    if (!given && takes[field].includes(rule.kind) && !optional[field]?.includes(rule.kind)) problems.push(userError(field, 'FIELD_MISSING', `A rule of kind ${rule.kind} needs ${field}: ${examples[field]}.`));
  }
  const { kind, endReasons, key, points, firstOnly, minutes } = rule;
  const wrong = endReasons.filter((reason) => !reasonsOf[kind]?.includes(reason));
  if (wrong.length > 0) problems.push(userError('endReasons', 'INVALID_END_REASON', `A rule of kind ${kind} cannot watch for ${wrong.join(', ')}. ${reasonsOf[kind] ? `Give some of ${reasonsOf[kind].join(', ')}, or none for all.` : 'Leave endReasons out.'}`));
  if (key !== null && (key === '' || Buffer.byteLength(key) > 512 || isUnprintable(key))) problems.push(userError('key', 'INVALID_KEY', 'key must have 1 to 512 bytes without control characters, as logMetrics names the metric.'));
  if (points < 1 || points > 1000) problems.push(userError('points', 'INVALID_POINTS', `points is ${points}. It must be from 1 to 1000.`));
  if (kind !== 'METRIC_CROSSED' && (points !== 1 || firstOnly)) problems.push(userError(points !== 1 ? 'points' : 'firstOnly', 'FIELD_NOT_TAKEN', `A rule of kind ${kind} takes neither points nor firstOnly; METRIC_CROSSED does. Leave them out.`));
  if (minutes !== null && (minutes < 1 || minutes > 43_200)) problems.push(userError('minutes', 'INVALID_MINUTES', `minutes is ${minutes}. It must be from 1 to 43,200 (30 days).`));
  return problems;
}
