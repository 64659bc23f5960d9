import { and, asc, count, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Executor } from '../../connect';
import { duplicatePicture, type DuplicatePictureRow, picture, type PictureRow } from '../../schema';

export interface DuplicatePair {
  pair: DuplicatePictureRow;
  first: PictureRow;
  second: PictureRow;
}

export interface DuplicateFilter {
  versionId: string;
  leaksOnly: boolean;
}

/** By the positions of the two pictures, up to limit + 1. */
export async function listDuplicates(db: Executor, filter: DuplicateFilter, { limit, after }: { limit: number; after?: [first: number, second: number] }): Promise<DuplicatePair[]> {
  const [first, second] = [alias(picture, 'first_picture'), alias(picture, 'second_picture')];
  return db
    .select({ pair: duplicatePicture, first, second })
    .from(duplicatePicture)
    .innerJoin(first, and(eq(first.versionId, duplicatePicture.versionId), eq(first.position, duplicatePicture.first)))
    .innerJoin(second, and(eq(second.versionId, duplicatePicture.versionId), eq(second.position, duplicatePicture.second)))
    .where(and(listed(filter), after && sql`(${duplicatePicture.first}, ${duplicatePicture.second}) > (${after[0]}, ${after[1]})`))
    .orderBy(asc(duplicatePicture.first), asc(duplicatePicture.second))
    .limit(limit + 1);
}

export async function countListedDuplicates(db: Executor, filter: DuplicateFilter): Promise<number> {
  const [row] = await db.select({ total: count() }).from(duplicatePicture).where(listed(filter));
  return row!.total;
}

const listed = ({ versionId, leaksOnly }: DuplicateFilter) => and(eq(duplicatePicture.versionId, versionId), leaksOnly ? eq(duplicatePicture.leaks, true) : undefined);
