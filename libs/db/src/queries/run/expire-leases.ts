import { inArray, sql } from 'drizzle-orm';
import { mostLostInARow } from '@thaw/run-states';
import type { Database } from '../../connect';
import { run, type RunRow } from '../../schema';
import { notify } from '../notify';
import { endClaims } from './end-claim';
import { leaseSeconds } from './lease';
import { take } from './transition';

const advice = `The trainer fell silent ${mostLostInARow} times in a row without a new checkpoint, so the run was given up: it may be what ends them. Look into the trainers' logs: they may have been killed for memory. Then clone the run to try again.`;

/** Takes back every run whose trainer fell silent: into the queue, to where a person wished it, or to its end by the loop guard. */
export function expireLeases(db: Database): Promise<RunRow[]> {
  const expired = sql`(
    /* expireLeases */
    select id from ${run} where status = 'RUNNING' and lease_expires_at < now() order by id for update skip locked
  )`;
  return db.transaction(async (tx) => {
    const rows = await tx
      .update(run)
      .set(take('expire', { failure: sql.raw("'TRAINER_LOST'"), error: sql`${advice}::text` }))
      .where(inArray(run.id, expired))
      .returning();
    await endClaims(tx, rows.map((row) => ({ run: row, outcome: 'EXPIRED', reason: `The trainer was silent for ${leaseSeconds} seconds.` })));
    await notify(tx, 'runChanged', rows.map(({ id }) => id));
    await notify(tx, 'runQueued', rows.filter(({ status }) => status === 'QUEUED').map(({ id }) => id));
    return rows;
  });
}
