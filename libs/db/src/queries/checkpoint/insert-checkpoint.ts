import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { checkpoint, type CheckpointRow, run } from '../../schema';
import { holdBlobs } from '../blob/hold-blobs';
import { referToBlobs } from '../blob/refer-to-blobs';
import { releaseBlobs } from '../blob/release-blobs';
import { notify } from '../notify';
import { holdsLease } from '../run/lease';

/** Which checkpoints of a run are kept when a new one is there. */
export const retentions = ['BEST_AND_LATEST', 'LATEST', 'ALL'] as const;
export type Retention = (typeof retentions)[number];

export type NewCheckpoint = Pick<CheckpointRow, 'runId' | 'epoch' | 'batch' | 'best' | 'files' | 'digest' | 'size'>;
/** released: blobs that it made superfluous, unless something else refers to them. */
export type LoggedCheckpoint = { ok: true; checkpoint: CheckpointRow; released: string[] } | { ok: false; reason: 'RUN_UNKNOWN' | 'LEASE_LOST' | 'BLOB_GONE' };

/** The run's row is held, so that the lease cannot pass to another trainer in between. The same checkpoint again is answered, not stored twice. */
export function insertCheckpoint(db: Database, values: NewCheckpoint, leaseToken: string, keep: Retention): Promise<LoggedCheckpoint> {
  if (!isId(values.runId)) return Promise.resolve({ ok: false, reason: 'RUN_UNKNOWN' });
  return db.transaction(async (tx): Promise<LoggedCheckpoint> => {
    const [owner] = await tx.select({ claim: run.claims, lostInARow: run.lostInARow }).from(run).where(holdsLease(values.runId, leaseToken)).for('no key update');
    if (!owner) {
      const [known] = await tx.select({ id: run.id }).from(run).where(eq(run.id, values.runId));
      return { ok: false, reason: known ? 'LEASE_LOST' : 'RUN_UNKNOWN' };
    }
    const before = await tx.select().from(checkpoint).where(eq(checkpoint.runId, values.runId));
    const latest = before.find((each) => each.latest);
    if (latest && latest.claim === owner.claim && latest.epoch === values.epoch && latest.batch === values.batch && latest.digest === values.digest) return { ok: true, checkpoint: latest, released: [] };

    const best = before.find((each) => each.best && !values.best);
    const kept = keep === 'ALL' ? before : keep === 'BEST_AND_LATEST' && best ? [best] : [];
    const gone = before.filter((each) => !kept.includes(each));
    const wanted = shasOf([values]);
    const used = new Set([...wanted, ...shasOf(kept)]);
    const released = shasOf(gone).filter((sha256) => !used.has(sha256));
    await holdBlobs(tx, [...wanted, ...released]);
    if ((await referToBlobs(tx, wanted)).length > 0) return { ok: false, reason: 'BLOB_GONE' };

    if (gone.length > 0) await tx.delete(checkpoint).where(inArray(checkpoint.id, gone.map(({ id }) => id)));
    await tx.update(checkpoint).set({ latest: false, best: values.best ? false : sql`${checkpoint.best}` }).where(and(eq(checkpoint.runId, values.runId), sql`(${checkpoint.latest} or ${checkpoint.best})`));
    const [row] = await tx.insert(checkpoint).values({ ...values, claim: owner.claim, latest: true }).returning();
    await releaseBlobs(tx, released);
    const isProgress = !before.some((each) => isAsFar(each, values));
    if (isProgress && owner.lostInARow > 0) await tx.update(run).set({ lostInARow: 0 }).where(eq(run.id, values.runId));
    await notify(tx, 'runChanged', values.runId);
    return { ok: true, checkpoint: row!, released };
  });
}

const shasOf = (checkpoints: readonly Pick<CheckpointRow, 'files'>[]): string[] => [...new Set(checkpoints.flatMap(({ files }) => files.map(({ sha256 }) => sha256)))];

type Position = Pick<CheckpointRow, 'epoch' | 'batch'>;

/** Batch 0 is the epoch's end. */
const isAsFar = (one: Position, other: Position) => one.epoch > other.epoch || (one.epoch === other.epoch && (one.batch || Infinity) >= (other.batch || Infinity));
