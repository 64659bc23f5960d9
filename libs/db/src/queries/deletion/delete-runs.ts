import { and, inArray, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { run, type RunRow } from '../../schema';
import { notify } from '../notify';

export type DeletedRuns = { ok: true; runs: RunRow[] } | { ok: false; unknown: string[]; training: RunRow[] };

/** All of them or none. One that is deleted already stays as it is. */
export function deleteRuns(db: Database, ids: readonly string[]): Promise<DeletedRuns> {
  return db.transaction(async (tx): Promise<DeletedRuns> => {
    // In the order of the key, so that two deletions of the same runs cannot deadlock.
    const found = await tx.select().from(run).where(inArray(run.id, ids.filter(isId))).orderBy(run.id).for('no key update');
    const known = new Set(found.map(({ id }) => id));
    const unknown = ids.filter((id) => !known.has(id.toLowerCase()));
    const training = found.filter(({ kind, status, deletedAt }) => kind === 'MANAGED' && status === 'RUNNING' && !deletedAt);
    if (unknown.length > 0 || training.length > 0) return { ok: false, unknown, training };
    await tx.update(run).set({ deletedAt: sql`now()` }).where(and(inArray(run.id, [...known]), isNull(run.deletedAt)));
    await notify(tx, 'runChanged', [...known]);
    return { ok: true, runs: await tx.select().from(run).where(inArray(run.id, [...known])) };
  });
}
