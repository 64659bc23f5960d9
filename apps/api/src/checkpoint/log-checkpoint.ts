import type { CheckpointRow } from '@thaw/db';
import { findBlobSizes } from '@thaw/db/queries/blob/find-blob-sizes';
import { insertCheckpoint } from '@thaw/db/queries/checkpoint/insert-checkpoint';
import { filesDigest } from '@thaw/model-zoo/catalogue/index';
import { fileProblems } from '../artifact/file-problems';
import type { Services } from '../context';
import { type UserError, userError } from '../errors';
import { unknownRun } from '../run/refusals';
import { leaseLost } from '../trainer/refusals';
import type { LogCheckpointInput } from './checkpoint.input';

export type LoggedCheckpoint = { checkpoint: CheckpointRow | null; userErrors: UserError[] };

export async function logCheckpoint({ db }: Services, { runId, leaseToken, epoch, batch, best, files, keep }: LogCheckpointInput): Promise<LoggedCheckpoint> {
  const sizes = await findBlobSizes(db, files.map(({ sha256 }) => sha256));
  const userErrors = [...fileProblems('A checkpoint', files, sizes), ...positionProblems(epoch, batch)];
  if (userErrors.length > 0) return { checkpoint: null, userErrors };
  const stored = files.map(({ path, sha256 }) => ({ path, sha256, size: sizes.get(sha256)! })).sort((a, b) => (a.path < b.path ? -1 : 1));
  const logged = await insertCheckpoint(db, { runId, epoch, batch, best, files: stored, digest: filesDigest(stored), size: stored.reduce((sum, { size }) => sum + size, 0) }, leaseToken, keep);
  if (logged.ok) return { checkpoint: logged.checkpoint, userErrors: [] };
  switch (logged.reason) {
    case 'RUN_UNKNOWN':
      return { checkpoint: null, userErrors: [unknownRun('runId', runId)] };
    case 'LEASE_LOST':
      return { checkpoint: null, userErrors: [leaseLost(runId)] };
    case 'BLOB_GONE':
      return { checkpoint: null, userErrors: [userError('files', 'BLOB_GONE', 'A file was removed from the server just now, because nothing referred to it. Send each again with POST /blobs, then log the checkpoint again.')] };
  }
}

function positionProblems(epoch: number, batch: number): UserError[] {
  return [
    ...(epoch >= 0 ? [] : [userError('epoch', 'INVALID_EPOCH', `epoch is ${epoch}. Epochs count from 1; 0 is before the first.`)]),
    ...(batch >= 0 ? [] : [userError('batch', 'INVALID_BATCH', `batch is ${batch}. Give the number of batches of the epoch that were trained, or 0 for a whole epoch.`)]),
  ];
}
