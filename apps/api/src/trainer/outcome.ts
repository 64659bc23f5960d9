import type { RunEndReason, RunStatus } from '@thaw/db';
import { userError, type UserError } from '../errors';

const endReasons: Partial<Record<RunStatus, RunEndReason[]>> = {
  FINISHED: ['COMPLETED', 'EARLY_STOPPED'],
  FAILED: ['ERROR', 'OUT_OF_MEMORY'],
  CANCELLED: ['CANCELLED'],
};

/** A status and a reason that belong together. */
export function checkOutcome({ status, endReason, bestEpoch, epochs }: { status: RunStatus; endReason: RunEndReason; bestEpoch?: number | null; epochs?: number | null }): UserError[] {
  const reasons = endReasons[status];
  if (!reasons) return [userError('status', 'INVALID_STATUS', `A run cannot be settled as ${status}. Give ${Object.keys(endReasons).join(', ')}; to hand it back, call releaseRun.`)];
  const problems: UserError[] = [];
  if (!reasons.includes(endReason)) problems.push(userError('endReason', 'INVALID_END_REASON', `A ${status} run cannot end as ${endReason}. Give ${reasons.join(' or ')}.`));
  for (const [field, value] of [['bestEpoch', bestEpoch], ['epochs', epochs]] as const) {
    if (value !== null && value !== undefined && value < 0) problems.push(userError(field, 'INVALID_EPOCH', `${field} is ${value}. Epochs count from 1.`));
  }
  return problems;
}
