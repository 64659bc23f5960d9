import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';

/** What was made in a project at the very moment of its deletion goes with it. */
export async function adoptStrays(db: Executor): Promise<void> {
  await db.execute(sql`/* adoptStrays */ update run set deleted_at = project.deleted_at from project where project.id = run.project_id and project.deleted_at is not null and run.deleted_at is null`);
  await db.execute(sql`/* adoptStrays */ update dataset set deleted_at = project.deleted_at from project where project.id = dataset.project_id and project.deleted_at is not null and dataset.deleted_at is null`);
}
