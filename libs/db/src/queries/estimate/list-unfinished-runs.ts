import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';

export interface UnfinishedRunRow {
  id: string;
  backboneId: string;
  backbone: string;
  datasetId: string;
  versionId: string;
  train: number;
  val: number;
  config: Record<string, unknown>;
  /** Since a trainer took it; 0 while it waits. */
  elapsed: number;
}

const most = 500;

/** What goes before a run that is launched now at this priority: those that run, and those that wait. */
export async function listUnfinishedRuns(db: Executor, priority: number): Promise<UnfinishedRunRow[]> {
  const { rows } = await db.execute<UnfinishedRunRow & Record<string, unknown>>(sql`/* listUnfinishedRuns */
    select r.id, r.backbone_id as "backboneId", b.name as backbone, v.dataset_id as "datasetId", v.id as "versionId", v.train_count as train, v.val_count as val, r.config,
      case when r.status = 'RUNNING' then greatest(0, extract(epoch from now() - r.started_at))::float8 else 0 end as elapsed
    from run r join dataset_version v on v.id = r.dataset_version_id join backbone b on b.id = r.backbone_id
    where r.kind = 'MANAGED' and r.deleted_at is null and (r.status = 'RUNNING' or (r.status = 'QUEUED' and r.priority >= ${priority}::int))
    order by r.status desc, r.priority desc, r.created_at limit ${most}`);
  return rows;
}
