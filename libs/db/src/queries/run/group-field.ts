import { sql, type SQL } from 'drizzle-orm';
import { run } from '../../schema';

/** Facts of a run that runs are grouped by, besides values of their config. */
export const groupFields = ['STATUS', 'KIND', 'END_REASON', 'DATASET', 'BACKBONE', 'TRAINER'] as const;
export type GroupField = (typeof groupFields)[number];

/** What to group by, and what it needs besides run. */
export function groupColumn(field: GroupField): { value: SQL; join?: SQL } {
  switch (field) {
    case 'STATUS':
      return { value: sql`${run.status}` };
    case 'KIND':
      return { value: sql`${run.kind}` };
    case 'END_REASON':
      return { value: sql`${run.endReason}` };
    case 'DATASET':
      return { value: sql`group_dataset.name`, join: sql`left join dataset_version as group_version on group_version.id = ${run.datasetVersionId} left join dataset as group_dataset on group_dataset.id = group_version.dataset_id` };
    case 'BACKBONE':
      return { value: sql`group_backbone.name`, join: sql`left join backbone as group_backbone on group_backbone.id = ${run.backboneId}` };
    case 'TRAINER':
      return { value: sql`group_trainer.name`, join: sql`left join trainer as group_trainer on group_trainer.id = ${run.trainerId}` };
  }
}
