import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { trainedRunColumns, trainedRunJoins, type TrainedRunRow } from './trained-run';

export interface UnfinishedRunRow extends TrainedRunRow {
  /** Since a trainer took it; 0 while it waits. */
  elapsed: number;
}

const most = 500;

/** What goes before a run that is launched now at this priority: those that run, and those that wait. */
export async function listUnfinishedRuns(db: Executor, priority: number): Promise<UnfinishedRunRow[]> {
  const { rows } = await db.execute<UnfinishedRunRow & Record<string, unknown>>(sql`/* listUnfinishedRuns */
    select ${trainedRunColumns},
      case when r.status = 'RUNNING' then greatest(0, extract(epoch from now() - r.started_at))::float8 else 0 end as elapsed
    from run r ${trainedRunJoins}
    where r.kind = 'MANAGED' and r.deleted_at is null and (r.status = 'RUNNING' or (r.status = 'QUEUED' and r.priority >= ${priority}::int))
    order by r.status desc, r.priority desc, r.created_at limit ${most}`);
  return rows;
}
