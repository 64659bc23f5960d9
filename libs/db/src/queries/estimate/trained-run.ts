import { sql } from 'drizzle-orm';

/** What the time of a run depends on. */
export interface TrainedRunRow {
  id: string;
  backboneId: string;
  backbone: string;
  datasetId: string;
  versionId: string;
  train: number;
  val: number;
  config: Record<string, unknown>;
}

/** Of runs `r`, which trainedRunJoins join to what they train on. */
export const trainedRunColumns = sql`r.id, r.backbone_id as "backboneId", b.name as backbone, v.dataset_id as "datasetId", v.id as "versionId", v.train_count as train, v.val_count as val, r.config`;
export const trainedRunJoins = sql`join dataset_version v on v.id = r.dataset_version_id join backbone b on b.id = r.backbone_id`;
