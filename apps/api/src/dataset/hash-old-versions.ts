import { readVersionPictures } from '@thaw/db/queries/dataset/read-version-pictures';
import { listUnhashedVersions, storeHashes } from '@thaw/db/queries/dataset/store-hashes';
import type { Services } from '../context';
import { findDuplicates } from './find-duplicates';
import { hashPictures } from './hash-pictures';

/**
 * Versions that were made before duplicates were looked for get theirs in the background of the first start after that;
 * until then their duplicateCounts is null. A version is stored whole, so a start that is cut short goes on where it was.
 */
export async function hashOldVersions({ db, blobs, log, signal }: Pick<Services, 'db' | 'blobs' | 'log' | 'signal'>): Promise<void> {
  try {
    for (const versionId of await listUnhashedVersions(db)) {
      const pictures = await hashPictures(blobs, await readVersionPictures(db, versionId), signal);
      if (signal.aborted) return;
      await storeHashes(db, versionId, pictures.map(({ perceptualHash }) => perceptualHash), await findDuplicates(pictures));
    }
  } catch (error) {
    // The next start tries again; meanwhile nothing but the duplicates of those versions is missing.
    if (!signal.aborted) log.error({ err: error }, 'the pictures of older dataset versions were not compared');
  }
}
