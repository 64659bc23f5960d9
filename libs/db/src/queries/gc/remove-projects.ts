import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';

/** Those deleted before that nothing is left of; one whose dataset a run elsewhere names keeps its row. */
export async function removeProjects(db: Executor, before: Date): Promise<number> {
  const { rowCount } = await db.execute(sql`/* removeProjects */
    with doomed as (
      select id from project where deleted_at <= ${before.toISOString()}
      and not exists (select from run where run.project_id = project.id) and not exists (select from dataset where dataset.project_id = project.id)
      order by id for update skip locked
    )
    delete from project using doomed where project.id = doomed.id`);
  return rowCount ?? 0;
}
