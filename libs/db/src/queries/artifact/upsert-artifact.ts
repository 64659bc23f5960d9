import { eq, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { artifact, type ArtifactRow, run } from '../../schema';
import { referToBlobs } from '../blob/refer-to-blobs';
import { notify } from '../notify';

export type NewArtifact = Pick<ArtifactRow, 'runId' | 'name' | 'kind' | 'files' | 'digest' | 'size' | 'metadata'>;
export type LoggedArtifact = { ok: true; artifact: ArtifactRow } | { ok: false; reason: 'RUN_UNKNOWN' | 'RUN_DELETED' | 'RUN_ENDED' | 'LEASE_LOST' | 'BLOB_GONE' };

/** The same name replaces within the run. The run's row is held, so a lease cannot pass to another trainer in between. */
export function upsertArtifact(db: Database, values: NewArtifact, leaseToken: string | null): Promise<LoggedArtifact> {
  if (!isId(values.runId)) return Promise.resolve({ ok: false, reason: 'RUN_UNKNOWN' });
  return db.transaction(async (tx): Promise<LoggedArtifact> => {
    const [owner] = await tx.select({ kind: run.kind, status: run.status, leaseToken: run.leaseToken, deletedAt: run.deletedAt }).from(run).where(eq(run.id, values.runId)).for('no key update');
    if (!owner) return { ok: false, reason: 'RUN_UNKNOWN' };
    if (owner.deletedAt) return { ok: false, reason: 'RUN_DELETED' };
    // A managed run is its trainer's, which alone may write to it, and only while it runs. An external one has no lease: its token is null.
    if (owner.leaseToken !== leaseToken || (owner.kind === 'MANAGED' && (owner.status !== 'RUNNING' || leaseToken === null))) return { ok: false, reason: 'LEASE_LOST' };
    if (owner.status !== 'RUNNING') return { ok: false, reason: 'RUN_ENDED' };
    if ((await referToBlobs(tx, values.files.map(({ sha256 }) => sha256))).length > 0) return { ok: false, reason: 'BLOB_GONE' };
    const { kind, files, digest, size, metadata } = values;
    const [row] = await tx
      .insert(artifact)
      .values(values)
      .onConflictDoUpdate({ target: [artifact.runId, artifact.name], set: { id: uuidv7(), kind, files, digest, size, metadata, createdAt: sql`now()` } })
      .returning();
    await notify(tx, 'runChanged', values.runId);
    return { ok: true, artifact: row! };
  });
}
