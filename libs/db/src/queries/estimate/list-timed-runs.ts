import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';

export interface TimedRunRow {
  id: string;
  backboneId: string;
  backbone: string;
  datasetId: string;
  versionId: string;
  train: number;
  val: number;
  config: Record<string, unknown>;
  trainerId: string | null;
  seconds: number;
  epochs: number;
}

const most = { ofBackbone: 60, ofOthers: 60 };

/** The newest finished runs that one trainer trained without a break, most of them of the backbone; the first to start comes first. */
export async function listTimedRuns(db: Executor, backboneId: string): Promise<TimedRunRow[]> {
  const { rows } = await db.execute<TimedRunRow & Record<string, unknown>>(sql`/* listTimedRuns */
    select r.id, r.backbone_id as "backboneId", b.name as backbone, v.dataset_id as "datasetId", v.id as "versionId", v.train_count as train, v.val_count as val,
      r.config, r.trainer_id as "trainerId", extract(epoch from r.ended_at - r.started_at)::float8 as seconds, r.epochs
    from (
      (select * from run where ${timed} and backbone_id = ${backboneId}::uuid order by created_at desc limit ${most.ofBackbone})
      union all
      (select * from run where ${timed} and backbone_id <> ${backboneId}::uuid order by created_at desc limit ${most.ofOthers})
    ) r join dataset_version v on v.id = r.dataset_version_id join backbone b on b.id = r.backbone_id order by r.started_at`);
  return rows;
}

/** Claimed once: else the time between is no training. */
const timed = sql`kind = 'MANAGED' and status = 'FINISHED' and deleted_at is null and claims = 1 and epochs > 1 and started_at is not null and ended_at is not null`;
