import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import type { ClaimOutcome, RunRow } from '../../schema';

export interface ClaimEnd {
  run: Pick<RunRow, 'id' | 'claims' | 'attempt'>;
  outcome: ClaimOutcome;
  reason: string | null;
}

/** In the transaction that takes the run from its trainer. */
export async function endClaims(tx: Executor, ends: readonly ClaimEnd[]): Promise<void> {
  if (ends.length === 0) return;
  const ids = ends.map(({ run }) => run.id);
  const numbers = ends.map(({ run }) => run.claims);
  await tx.execute(sql`/* endClaims */
    update run_claim set ended_at = clock_timestamp(), outcome = ended.outcome, reason = ended.reason
    from unnest(${sql.param(ids)}::uuid[], ${sql.param(numbers)}::int[], ${sql.param(ends.map(({ outcome }) => outcome))}::claim_outcome[], ${sql.param(ends.map(({ reason }) => reason))}::text[]) as ended(run_id, number, outcome, reason)
    where run_claim.run_id = ended.run_id and run_claim.number = ended.number and run_claim.ended_at is null`);
}
