import { sql, type SQL } from 'drizzle-orm';
import type { Executor } from '../../connect';

/** What was never referred to is left to its uploader for so long. */
export const isTakeable = sql`(blob.referenced or blob.created_at < now() - interval '1 hour')`;

/** Every blob that a row refers to; a blob may come up several times. before: as if what was deleted before were gone. */
export function referredTo(before: Date | null): SQL {
  const stays = (deletedAt: string) => (before ? sql`(${sql.raw(deletedAt)} is null or ${sql.raw(deletedAt)} > ${before.toISOString()})` : sql`true`);
  return sql`
    select picture.sha256 from picture join dataset_version on dataset_version.id = picture.version_id join dataset on dataset.id = dataset_version.dataset_id where ${stays('dataset.deleted_at')}
    union all select file ->> 'sha256' from artifact join run on run.id = artifact.run_id cross join jsonb_array_elements(artifact.files) file where ${stays('run.deleted_at')}
    union all select file ->> 'sha256' from checkpoint join run on run.id = checkpoint.run_id cross join jsonb_array_elements(checkpoint.files) file where ${stays('run.deleted_at')}
    union all select file ->> 'sha256' from backbone cross join jsonb_array_elements(backbone.files) file`;
}

/** The same asked of one blob, answered from indexes: for few of them. */
export const isReferredTo = sql`(
  exists (select from picture where picture.sha256 = blob.sha256)
  or exists (select from artifact where artifact.files @> jsonb_build_array(jsonb_build_object('sha256', blob.sha256)))
  or exists (select from checkpoint where checkpoint.files @> jsonb_build_array(jsonb_build_object('sha256', blob.sha256)))
  or exists (select from backbone where backbone.files @> jsonb_build_array(jsonb_build_object('sha256', blob.sha256)))
)`;

const unreferenced = (before: Date | null) => sql`${isTakeable} and not exists (select from (${referredTo(before)}) used where used.sha256 = blob.sha256)`;

/** In the order of the key, up to `first` after that one. */
export async function findUnreferencedBlobs(db: Executor, after: string, first: number): Promise<string[]> {
  const { rows } = await db.execute<{ sha256: string }>(sql`/* findUnreferencedBlobs */ select sha256 from blob where ${unreferenced(null)} and sha256 > ${after} order by sha256 limit ${first}`);
  return rows.map(({ sha256 }) => sha256);
}

/** What gc would take, once all that was deleted before is gone. */
export async function countUnreferencedBlobs(db: Executor, before: Date): Promise<{ blobs: number; blobBytes: number }> {
  const { rows } = await db.execute<{ blobs: string; bytes: string }>(sql`/* countUnreferencedBlobs */ select count(*) as blobs, coalesce(sum(size), 0) as bytes from blob where ${unreferenced(before)}`);
  return { blobs: Number(rows[0]!.blobs), blobBytes: Number(rows[0]!.bytes) };
}
