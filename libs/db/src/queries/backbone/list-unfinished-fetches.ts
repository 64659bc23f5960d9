import { and, eq, exists, isNotNull, isNull, or } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { backbone, run } from '../../schema';

/** Downloads that somebody asked for and that are not done: marked FETCHING, or never begun though a queued run waits. */
export async function listUnfinishedFetches(db: Executor): Promise<string[]> {
  const waited = exists(db.select({ id: run.id }).from(run).where(and(eq(run.backboneId, backbone.id), eq(run.status, 'QUEUED'), isNull(run.deletedAt))));
  const rows = await db
    .select({ id: backbone.id })
    .from(backbone)
    .where(and(isNotNull(backbone.address), or(eq(backbone.status, 'FETCHING'), and(eq(backbone.status, 'ABSENT'), waited))));
  return rows.map(({ id }) => id);
}
