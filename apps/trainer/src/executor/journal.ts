import { appendFileSync } from 'node:fs';
import { now } from '../clocks';
import type { Order } from '../messages';

/**
 * For the fault-injection suite (test/faults): a line for every batch that is begun, so that one can see that no run was
 * ever computed by two at once. Off unless THAW_EXECUTION_JOURNAL names a file.
 */
export function openJournal({ claim: { runId }, token }: Pick<Order, 'claim' | 'token'>): (event: 'start' | 'batch' | 'end') => void {
  const file = process.env.THAW_EXECUTION_JOURNAL;
  if (!file) return () => {};
  return (event) => appendFileSync(file, `${JSON.stringify({ at: now().monotonicMs, run: runId, token, event })}\n`);
}
