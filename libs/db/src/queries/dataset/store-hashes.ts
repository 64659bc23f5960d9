import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { datasetVersion, duplicatePicture, picture } from '../../schema';
import type { NewDuplicate } from './insert-version';

/** Versions from before pictures were hashed. */
export async function listUnhashedVersions(db: Database): Promise<string[]> {
  const rows = await db.selectDistinct({ id: picture.versionId }).from(picture).where(sql`${picture.perceptualHash} is null`);
  return rows.map(({ id }) => id);
}

/** hashes: by position. Several servers may do the same: the first to come stays. */
export async function storeHashes(db: Database, versionId: string, hashes: readonly bigint[], duplicates: readonly NewDuplicate[]): Promise<void> {
  await db.transaction(async (tx) => {
    const [held] = await tx.select({ id: datasetVersion.id }).from(datasetVersion).where(eq(datasetVersion.id, versionId)).for('no key update');
    // gc may have taken it meanwhile.
    if (!held) return;
    await tx.execute(sql`
      /* storeHashes */ update ${picture} set perceptual_hash = hash
      from unnest(${sql.param(`{${hashes.join(',')}}`)}::bigint[]) with ordinality as computed(hash, nth)
      where version_id = ${versionId} and position = nth - 1 and perceptual_hash is null`);
    for (let start = 0; start < duplicates.length; start += 5000) {
      await tx.insert(duplicatePicture).values(duplicates.slice(start, start + 5000).map((pair) => ({ versionId, ...pair }))).onConflictDoNothing();
    }
  });
}
