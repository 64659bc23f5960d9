import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { run, type RunStatus } from '../../schema';
import { findListScope, inSight, type RunList } from './list-runs';
import { matches } from './run-filter';

/** How many runs match, by status; statuses without any are left out. */
export async function countRunsByStatus(db: Executor, list: RunList): Promise<{ status: RunStatus; count: number }[]> {
  const scope = await findListScope(db, list);
  const { rows } = await db.execute<{ status: RunStatus; count: number }>(sql`/* countRunsByStatus */
    select ${run.status}, count(*)::int as count from ${run} where ${inSight(scope, list.filter)} and ${matches(list.filter, scope, 'SET')} group by ${run.status} order by ${run.status}`);
  return rows;
}
