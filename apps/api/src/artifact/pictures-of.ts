import type { DatasetVersionRow, PictureRow } from '@thaw/db';
import { findPictures } from '@thaw/db/queries/dataset/list-pictures';
import type { Context } from '../context';
import { parsePictureId } from '../dataset/picture-id';

/** By Picture.id; those that are gone with their dataset are left out. */
export async function picturesOf(db: Context['db'], ids: readonly string[]): Promise<Map<string, PictureRow>> {
  const positions = new Map<DatasetVersionRow['id'], number[]>();
  for (const id of ids) {
    const picture = parsePictureId(id);
    if (picture) positions.set(picture.versionId, [...(positions.get(picture.versionId) ?? []), picture.position]);
  }
  const found = new Map<string, PictureRow>();
  for (const [versionId, wanted] of positions) {
    for (const row of (await findPictures(db, versionId, wanted)).values()) found.set(`${row.versionId}.${row.position}`, row);
  }
  return found;
}
