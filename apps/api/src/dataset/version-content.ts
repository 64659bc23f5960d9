import { createHash } from 'node:crypto';
import type { DatasetClass, PictureRow } from '@thaw/db';
import type { NewPicture, NewVersion } from '@thaw/db/queries/dataset/insert-version';
import { findDuplicates } from './find-duplicates';

type Planned = Omit<NewPicture, 'perceptualHash'> & { perceptualHash: bigint };

/** Everything that follows from the pictures of a version and their order. */
export async function versionContent(
  pictures: readonly Planned[],
  classes: DatasetClass[],
  rest: Pick<NewVersion, 'skipped' | 'splitSeed' | 'valFraction'>,
): Promise<NewVersion> {
  return {
    ...rest,
    classes,
    pictures,
    digest: datasetDigest(pictures, classes),
    trainCount: classes.reduce((sum, { trainCount }) => sum + trainCount, 0),
    valCount: classes.reduce((sum, { valCount }) => sum + valCount, 0),
    duplicates: await findDuplicates(pictures),
  };
}

/** sha256 over the sorted lines "<split> <class> <sha256>\n" */
function datasetDigest(pictures: readonly Pick<PictureRow, 'split' | 'classIndex' | 'sha256'>[], classes: readonly DatasetClass[]): string {
  const lines = pictures.map(({ split, classIndex, sha256 }) => `${split} ${classes[classIndex]!.name} ${sha256}\n`);
  return createHash('sha256').update(lines.sort().join('')).digest('hex');
}
