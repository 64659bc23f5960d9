import type { Executor } from '../../connect';
import { datasetVersion, type DatasetVersionRow, duplicatePicture, type DuplicatePictureRow, picture, type PictureRow } from '../../schema';

export type NewPicture = Omit<PictureRow, 'versionId' | 'position'>;
export type NewDuplicate = Omit<DuplicatePictureRow, 'versionId'>;

/** A version's content, as it is known before it has a place. */
export interface NewVersion extends Pick<DatasetVersionRow, 'digest' | 'classes' | 'trainCount' | 'valCount' | 'skipped' | 'splitSeed' | 'valFraction'> {
  /** in position order */
  pictures: readonly NewPicture[];
  duplicates: readonly NewDuplicate[];
}

/** Part of the transaction that finds the version its number; the blobs of the pictures are held by then. */
export async function insertVersion(tx: Executor, place: Pick<DatasetVersionRow, 'datasetId' | 'version' | 'parentId'>, { pictures, duplicates, ...content }: NewVersion): Promise<DatasetVersionRow> {
  const [version] = await tx.insert(datasetVersion).values({ ...place, ...content }).returning();
  const versionId = version!.id;
  // Postgres takes 65,535 parameters a statement; a picture has 9, a pair 6.
  for (let start = 0; start < pictures.length; start += 5000) {
    await tx.insert(picture).values(pictures.slice(start, start + 5000).map(({ split, classIndex, path, sha256, width, height, perceptualHash }, index) => ({ versionId, position: start + index, split, classIndex, path, sha256, width, height, perceptualHash })));
  }
  for (let start = 0; start < duplicates.length; start += 5000) {
    await tx.insert(duplicatePicture).values(duplicates.slice(start, start + 5000).map((pair) => ({ versionId, ...pair })));
  }
  return version!;
}
