import { and, asc, eq, gt, inArray } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { picture, type PictureRow, type Split } from '../../schema';

export interface PictureFilter {
  versionId: string;
  split?: Split | null;
  classIndex?: number;
}

/** By position (training first, then by class and path), up to first + 1. */
export async function listPictures(db: Executor, { versionId, split, classIndex }: PictureFilter, { first, after }: { first: number; after?: number }): Promise<PictureRow[]> {
  return db
    .select()
    .from(picture)
    .where(and(
      eq(picture.versionId, versionId),
      split ? eq(picture.split, split) : undefined,
      classIndex !== undefined ? eq(picture.classIndex, classIndex) : undefined,
      after !== undefined ? gt(picture.position, after) : undefined,
    ))
    .orderBy(asc(picture.position))
    .limit(first + 1);
}

/** By position. */
export async function findPictures(db: Executor, versionId: string, positions: readonly number[]): Promise<Map<number, PictureRow>> {
  const rows = await db.select().from(picture).where(and(eq(picture.versionId, versionId), inArray(picture.position, [...positions])));
  return new Map(rows.map((row) => [row.position, row]));
}
