import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { type ClaimOutcome, run, runClaim, type RunRow } from '../../schema';
import { notify } from '../notify';
import { endClaims } from './end-claim';
import { holdsLease } from './lease';
import { take } from './transition';

/** The executor died; null: the run is handed back unharmed. */
export interface Crash {
  /** SIGKILL and the like. */
  signal: string | null;
  exitCode: number | null;
  outOfMemory: boolean;
  message: string | null;
}

/**
 * Takes a claimed run from its trainer: back into the queue, or to where a person wished it, or, when it was the cause of
 * too many crashes, to its end. null when the lease is lost. Releasing again with the same token answers the run.
 */
export function releaseRun(db: Database, runId: string, leaseToken: string, crash: Crash | null = null): Promise<RunRow | null> {
  return db.transaction(async (tx) => {
    const columns = crash ? take('crash', { failure: sql.raw(crash.outOfMemory ? "'OUT_OF_MEMORY'" : "'TRAINER_LOST'"), error: sql`${adviceFor(crash)}::text` }) : take('release');
    const [row] = await tx.update(run).set(columns).where(holdsLease(runId, leaseToken)).returning();
    if (!row) {
      if (!isId(runId)) return null;
      const handedBack = tx.select({ id: runClaim.runId }).from(runClaim).where(and(eq(runClaim.runId, runId), eq(runClaim.token, leaseToken), inArray(runClaim.outcome, ['RELEASED', 'PAUSED', 'CRASHED', 'CANCELLED'])));
      const [before] = await tx.select().from(run).where(inArray(run.id, handedBack));
      return before ?? null;
    }
    await endClaims(tx, [{ run: row, outcome: crash ? 'CRASHED' : released[row.status as keyof typeof released], reason: crash ? describeCrash(crash) : null }]);
    await notify(tx, 'runChanged', row.id);
    if (row.status === 'QUEUED') await notify(tx, 'runQueued', row.id);
    return row;
  });
}

const released = { QUEUED: 'RELEASED', PAUSED: 'PAUSED', CANCELLED: 'CANCELLED' } satisfies Partial<Record<RunRow['status'], ClaimOutcome>>;

function describeCrash({ signal, exitCode, outOfMemory, message }: Crash): string {
  const how = outOfMemory ? 'The executor ran out of memory' : signal ? `The executor was ended by ${signal}` : exitCode !== null ? `The executor ended with exit code ${exitCode}` : 'The executor died';
  return `${how}${message ? `: ${message.trim()}` : '.'}`;
}

function adviceFor(crash: Crash): string {
  const advice = crash.outOfMemory
    ? 'Clone the run with a smaller batchSize, or give it a trainer with more memory (constraint memoryGiB).'
    : 'The run itself may be the cause: its log and that of its trainers say more. Clone it to try again.';
  return `${describeCrash(crash)}\nIt was the third loss in a row without a new checkpoint, so the run was given up. ${advice}`;
}
