import { eq } from 'drizzle-orm';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { run, type RunRow } from '../../schema';
import { notify } from '../notify';

/** undefined leaves a column as it is. null: no such run. */
export async function updateRun(db: Database, runId: string, changes: Partial<Pick<RunRow, 'name' | 'tags' | 'notes'>>): Promise<RunRow | null> {
  if (!isId(runId)) return null;
  return db.transaction(async (tx) => {
    const hasChanges = Object.values(changes).some((value) => value !== undefined);
    const [row] = hasChanges
      ? await tx.update(run).set(changes).where(eq(run.id, runId)).returning()
      : await tx.select().from(run).where(eq(run.id, runId));
    if (row) await notify(tx, 'runChanged', row.id);
    return row ?? null;
  });
}
