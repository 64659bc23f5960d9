import { eq } from 'drizzle-orm';
import type { Database, Executor } from '../../connect';
import { isId } from '../../id';
import { run, runParam, type RunRow } from '../../schema';
import { notify } from '../notify';
import { insertParams } from './insert-params';

/** What the queue goes by: it changes while the run waits. */
const queueColumns = ['priority', 'requiredLabels', 'requiredMemory', 'requiredTrainer'] as const;
type QueueColumn = (typeof queueColumns)[number];

/** undefined leaves a column as it is. config: the new one, made from the old; null refuses it, and then nothing is written. */
export interface RunChanges extends Partial<Pick<RunRow, 'name' | 'tags' | 'notes' | QueueColumn>> {
  config?: (before: RunRow['config']) => RunRow['config'] | null;
}

export type UpdatedRun =
  | { ok: true; run: RunRow }
  | { ok: false; reason: 'RUN_UNKNOWN' }
  | { ok: false; reason: 'RUN_DELETED' | 'RUN_MANAGED' | 'RUN_NOT_WAITING' | 'CONFIG_REFUSED'; run: RunRow };

export function updateRun(db: Database, runId: string, { config: change, ...columns }: RunChanges): Promise<UpdatedRun> {
  if (!isId(runId)) return Promise.resolve({ ok: false, reason: 'RUN_UNKNOWN' });
  return db.transaction(async (tx): Promise<UpdatedRun> => {
    const [before] = await tx.select().from(run).where(eq(run.id, runId)).for('no key update');
    if (!before) return { ok: false, reason: 'RUN_UNKNOWN' };
    if (before.deletedAt) return { ok: false, reason: 'RUN_DELETED', run: before };
    // What a trainer works from does not change under it.
    if (change && before.kind === 'MANAGED') return { ok: false, reason: 'RUN_MANAGED', run: before };
    const requeues = queueColumns.some((name) => columns[name] !== undefined);
    if (requeues && (before.kind !== 'MANAGED' || (before.status !== 'QUEUED' && before.status !== 'PAUSED'))) return { ok: false, reason: 'RUN_NOT_WAITING', run: before };
    const config = change?.(before.config);
    if (config === null) return { ok: false, reason: 'CONFIG_REFUSED', run: before };
    const changes = { ...columns, config };
    if (Object.values(changes).every((value) => value === undefined)) return { ok: true, run: before };
    const [row] = await tx.update(run).set(changes).where(eq(run.id, runId)).returning();
    if (config) await replaceParams(tx, row!);
    await notify(tx, 'runChanged', runId);
    // A trainer that could not take it before may now.
    if (requeues && row!.status === 'QUEUED') await notify(tx, 'runQueued', runId);
    return { ok: true, run: row! };
  });
}

async function replaceParams(tx: Executor, row: RunRow): Promise<void> {
  await tx.delete(runParam).where(eq(runParam.runId, row.id));
  await insertParams(tx, row);
}
