import type { ArtifactRow } from '@thaw/db';
import { upsertArtifact } from '@thaw/db/queries/artifact/upsert-artifact';
import { findBlobSizes } from '@thaw/db/queries/blob/find-blob-sizes';
import { filesDigest } from '@thaw/model-zoo/catalogue/index';
import type { Services } from '../context';
import { type UserError, userError } from '../errors';
import { checkName } from '../names';
import { checkJson, environmentLimits } from '../run/check-json';
import { unknownRun } from '../run/refusals';
import type { LogArtifactInput } from './artifact.input';
import { contentProblems } from './check-content';
import { fileProblems } from './file-problems';

export type LoggedArtifact = { artifact: ArtifactRow | null; userErrors: UserError[] };

export async function logArtifact({ db, blobs }: Pick<Services, 'db' | 'blobs'>, { runId, leaseToken, name, kind, files, metadata }: LogArtifactInput): Promise<LoggedArtifact> {
  const sizes = await findBlobSizes(db, files.map(({ sha256 }) => sha256));
  const userErrors = [...checkName('name', name), ...fileProblems('An artifact', files, sizes), ...metadataProblems(metadata)];
  const stored = files.map(({ path, sha256 }) => ({ path, sha256, size: sizes.get(sha256) ?? 0 })).sort((a, b) => (a.path < b.path ? -1 : 1));
  if (userErrors.length === 0) userErrors.push(...(await contentProblems(kind, stored, blobs)));
  if (userErrors.length > 0) return { artifact: null, userErrors };

  const logged = await upsertArtifact(
    db,
    { runId, name, kind, files: stored, digest: filesDigest(stored), size: stored.reduce((sum, { size }) => sum + size, 0), metadata: (metadata ?? null) as ArtifactRow['metadata'] },
    leaseToken ?? null,
  );
  if (logged.ok) return { artifact: logged.artifact, userErrors: [] };
  return { artifact: null, userErrors: [refusal(logged.reason, { runId, leaseToken })] };
}

function refusal(reason: Extract<Awaited<ReturnType<typeof upsertArtifact>>, { ok: false }>['reason'], { runId, leaseToken }: Pick<LogArtifactInput, 'runId' | 'leaseToken'>): UserError {
  switch (reason) {
    case 'RUN_UNKNOWN':
      return unknownRun('runId', runId);
    case 'RUN_DELETED':
      return userError('runId', reason, `Run ${runId} is deleted; nothing can be logged to it. Bring it back with restoreRuns first.`);
    case 'RUN_ENDED':
      return userError('runId', reason, `Run ${runId} has ended; nothing can be logged to it any more. Start another with createRun.`);
    case 'BLOB_GONE':
      return userError('files', reason, 'A file was removed from the server just now, because nothing referred to it. Send each again with POST /blobs, then log the artifact again.');
    case 'LEASE_LOST':
      return userError('leaseToken', reason, leaseToken
        ? `The lease on run ${runId} is not yours, or no longer: it expired, the run ended, or no trainer runs it. Stop working on it and claim another; for an external run leave leaseToken out.`
        : `Run ${runId} belongs to a trainer: give the leaseToken that claimRun answered.`);
  }
}

function metadataProblems(metadata: unknown): UserError[] {
  if (metadata == null) return [];
  if (typeof metadata === 'object' && !Array.isArray(metadata)) return checkJson('metadata', metadata, environmentLimits);
  return [userError('metadata', 'INVALID_METADATA', 'metadata must be a JSON object, such as { "format": "tfjs" }.')];
}
