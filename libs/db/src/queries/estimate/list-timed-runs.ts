import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { trainedRunColumns, trainedRunJoins, type TrainedRunRow } from './trained-run';

export interface TimedRunRow extends TrainedRunRow {
  trainerId: string | null;
  seconds: number;
  epochs: number;
}

const most = { ofBackbone: 60, ofOthers: 60 };

/** The newest finished runs that one trainer trained without a break, most of them of the backbone; the first to start comes first. */
export async function listTimedRuns(db: Executor, backboneId: string): Promise<TimedRunRow[]> {
  const { rows } = await db.execute<TimedRunRow & Record<string, unknown>>(sql`/* listTimedRuns */
    select ${trainedRunColumns}, r.trainer_id as "trainerId", extract(epoch from r.ended_at - r.started_at)::float8 as seconds, r.epochs
    from (
      (select * from run where ${timed} and backbone_id = ${backboneId}::uuid order by created_at desc limit ${most.ofBackbone})
      union all
      (select * from run where ${timed} and backbone_id <> ${backboneId}::uuid order by created_at desc limit ${most.ofOthers})
    ) r ${trainedRunJoins} order by r.started_at`);
  return rows;
}

/** Claimed once: else the time between is no training. */
const timed = sql`kind = 'MANAGED' and status = 'FINISHED' and deleted_at is null and claims = 1 and epochs > 1 and started_at is not null and ended_at is not null`;
