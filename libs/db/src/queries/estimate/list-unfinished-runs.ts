import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { trainedRunColumns, trainedRunJoins, type TrainedRunRow } from './trained-run';

export interface UnfinishedRunRow extends TrainedRunRow {
  /** How long trainers have had it until now; a run that waits again goes on from its last checkpoint. */
  elapsed: number;
}

const most = 500;

/** What goes before a run that is launched now at this priority: those that run, and those that wait. */
export async function listUnfinishedRuns(db: Executor, priority: number): Promise<UnfinishedRunRow[]> {
  const { rows } = await db.execute<UnfinishedRunRow & Record<string, unknown>>(sql`/* listUnfinishedRuns */
    select ${trainedRunColumns},
      coalesce(r.worked_seconds, greatest(0, extract(epoch from now() - r.counts_from))::float8, 0) as elapsed
    from run r ${trainedRunJoins}
    where r.kind = 'MANAGED' and r.deleted_at is null and (r.status = 'RUNNING' or (r.status = 'QUEUED' and r.priority >= ${priority}::int))
    order by r.status desc, r.priority desc, r.created_at limit ${most}`);
  return rows;
}
