import { and, count, inArray, min, sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { picture } from '../../schema';

export interface TinyPictures {
  count: number;
  /** Pixels of the shortest side of all. */
  smallest: number;
}

/** Pixels of the shorter side below which little is left to see. */
export const tinySide = 32;

/** Of each version; one without tiny pictures is missing from the map. */
export async function countTinyPictures(db: Executor, versionIds: readonly string[]): Promise<Map<string, TinyPictures>> {
  const side = sql<number>`least(${picture.width}, ${picture.height})`;
  const rows = await db.select({ id: picture.versionId, count: count(), smallest: min(side) }).from(picture)
    .where(and(inArray(picture.versionId, [...versionIds]), sql`${side} < ${tinySide}`)).groupBy(picture.versionId);
  return new Map(rows.map(({ id, count, smallest }) => [id, { count, smallest: Number(smallest) }]));
}
