import { asc, eq } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { picture, type PictureRow } from '../../schema';

/** All of them, in the order of their positions. */
export function readVersionPictures(db: Executor, versionId: string): Promise<PictureRow[]> {
  return db.select().from(picture).where(eq(picture.versionId, versionId)).orderBy(asc(picture.position));
}
