import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';

/** A queued run that somebody may take, and what it demands. */
export interface Candidate {
  id: string;
  labels: string[];
  /** GiB; 0: any. */
  memory: number;
  /** By name; empty: any. */
  trainer: string;
}

/** What a trainer that asks for a run has. */
export interface Offer {
  labels: string[];
  name: string;
  /** GiB that are free. */
  memory: number;
}

/**
 * What goes next, in that order: up to `first` runs of each demand that one of the offers meets. The index is walked from one
 * demand to the next, so that thousands of runs that nobody here can take cost no more than one.
 */
export async function listNextRuns(db: Executor, offers: readonly Offer[], first: number): Promise<Candidate[]> {
  const { rows } = await db.execute<{ id: string; labels: string[]; memory: number; trainer: string }>(sql`/* listNextRuns */
    with recursive demand as (
      (select backbone_id, required_labels, required_memory, required_trainer from run where status = 'QUEUED' and deleted_at is null
        order by backbone_id, required_labels, required_memory, required_trainer limit 1)
      union all
      select next.* from demand cross join lateral (
        select backbone_id, required_labels, required_memory, required_trainer from run where status = 'QUEUED' and deleted_at is null
          and (backbone_id, required_labels, required_memory, required_trainer) > (demand.backbone_id, demand.required_labels, demand.required_memory, demand.required_trainer)
        order by backbone_id, required_labels, required_memory, required_trainer limit 1
      ) next
    )
    select next.id, demand.required_labels as labels, demand.required_memory as memory, demand.required_trainer as trainer
    from demand join backbone on backbone.id = demand.backbone_id and backbone.status = 'READY'
    cross join lateral (
      select id, priority, created_at from run where status = 'QUEUED' and deleted_at is null and backbone_id = demand.backbone_id
        and required_labels = demand.required_labels and required_memory = demand.required_memory and required_trainer = demand.required_trainer
      order by priority desc, created_at, id limit ${first}
    ) next
    where exists (
      select from jsonb_to_recordset(${JSON.stringify(offers)}::jsonb) as offer(labels text[], name text, memory float8)
      where demand.required_labels <@ offer.labels and (demand.required_memory = 0 or demand.required_memory <= offer.memory) and demand.required_trainer in ('', offer.name)
    )
    order by next.priority desc, next.created_at, next.id`);
  return rows;
}
