import { and, asc, eq, exists, gte, lt, sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { isId } from '../../id';
import { project, run, type RunRow } from '../../schema';

/** Everything that changed in transactions up to this one, and of this one the runs up to this id, has been told. */
export interface ChangePosition {
  changedIn: number;
  id: string;
}

export interface ChangeFilter {
  id?: string | null;
  /** By name. */
  project?: string | null;
}

/** Every transaction below `oldest` is over; none is as high as `next` yet. */
export interface Snapshot {
  oldest: number;
  next: number;
}

export async function readSnapshot(db: Executor): Promise<Snapshot> {
  const { rows } = await db.execute<{ oldest: string; next: string }>(sql`/* readSnapshot */ select pg_snapshot_xmin(now)::text as oldest, pg_snapshot_xmax(now)::text as next from pg_current_snapshot() now`);
  return { oldest: Number(rows[0]!.oldest), next: Number(rows[0]!.next) };
}

/** told: beyond the position single runs, and the transaction that changed each. */
export interface Seen {
  position: ChangePosition;
  told: ReadonlyMap<string, number>;
}

/**
 * Runs that changed after what was seen, in that order, as they are now. A number beyond the snapshot's is of another
 * database, which this one was restored from: no change.
 */
export function readChanges(db: Executor, { position, told }: Seen, { next }: Snapshot, limit: number, { id, project: name }: ChangeFilter = {}): Promise<RunRow[]> {
  if (id && !isId(id)) return Promise.resolve([]);
  return db
    .select()
    .from(run)
    .where(and(
      sql`(${run.changedIn}, ${run.id}) > (${position.changedIn}, ${position.id})`,
      told.size > 0 ? sql`not exists (select from unnest(${sql.param([...told.keys()])}::uuid[], ${sql.param([...told.values()])}::bigint[]) told(id, changed_in) where told.id = ${run.id} and told.changed_in = ${run.changedIn})` : undefined,
      lt(run.changedIn, next),
      id ? eq(run.id, id) : undefined,
      name ? exists(db.select({ one: sql`1` }).from(project).where(and(eq(project.id, run.projectId), eq(project.name, name)))) : undefined,
    ))
    .orderBy(asc(run.changedIn), asc(run.id))
    .limit(limit);
}

/** Runs already seen changed by a transaction that is not older than all that are under way, and by which. */
export async function readRecentChanges(db: Executor, { oldest, next }: Snapshot): Promise<Map<string, number>> {
  const rows = await db.select({ id: run.id, changedIn: run.changedIn }).from(run).where(and(gte(run.changedIn, oldest), lt(run.changedIn, next)));
  return new Map(rows.map(({ id, changedIn }) => [id, changedIn]));
}
