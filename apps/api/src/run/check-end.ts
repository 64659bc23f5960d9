import { type RunEnd, mostFinalMetrics } from '@thaw/db/queries/run/finish-run';
import { encodeNumber, problemOfKey } from '@thaw/series';
import { userError, type UserError } from '../errors';
import { isStorable } from './check-json';
import type { EndRunInput } from './external-run.input';

const longestError = 20_000;

/** prefix: where the input lies ("end."). Every problem at once. */
export function checkEnd({ status, error, finalMetrics, endedAt }: EndRunInput, prefix = ''): { end: RunEnd; userErrors: UserError[] } {
  const userErrors: UserError[] = [];
  const refuse = (field: string, code: string, message: string) => void userErrors.push(userError(`${prefix}${field}`, code, message));
  const end = status ?? 'FINISHED';
  if (end !== 'FINISHED' && end !== 'FAILED' && end !== 'CANCELLED') refuse('status', 'INVALID_STATUS', `A run cannot end as ${end}. Give FINISHED, FAILED or CANCELLED.`);
  if (error && end === 'FINISHED') refuse('error', 'INVALID_ERROR', 'A run that FINISHED has no error. Give status FAILED or CANCELLED, or leave error out.');
  if (error && !isStorable(error)) refuse('error', 'INVALID_TEXT', 'error holds a NUL or half a character (a lone surrogate), which cannot be stored. Take it out.');
  if (finalMetrics && finalMetrics.length > mostFinalMetrics) refuse('finalMetrics', 'TOO_MANY_METRICS', `There are ${finalMetrics.length} final metrics; at most ${mostFinalMetrics} are kept.`);
  const keys = new Set<string>();
  finalMetrics?.slice(0, mostFinalMetrics).forEach(({ key }, index) => {
    const problem = problemOfKey(key);
    if (problem) refuse(`finalMetrics.${index}.key`, 'INVALID_KEY', problem);
    else if (keys.has(key)) refuse(`finalMetrics.${index}.key`, 'DUPLICATE_KEY', `${JSON.stringify(key)} is there twice. Give each metric once.`);
    keys.add(key);
  });
  return {
    userErrors,
    end: {
      status: end as RunEnd['status'],
      // A stack trace tells most at its end.
      error: error ? error.slice(-longestError) : null,
      finalMetrics: finalMetrics?.map(({ key, value }) => ({ key, value: encodeNumber(value ?? Number.NaN) })) ?? null,
      endedAt: endedAt ?? null,
    },
  };
}
