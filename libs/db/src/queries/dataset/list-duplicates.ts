import { and, asc, count, eq, ne, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Executor } from '../../connect';
import { duplicatePicture, type DuplicatePictureRow, picture, type PictureRow } from '../../schema';

export interface DuplicatePair {
  pair: DuplicatePictureRow;
  first: PictureRow;
  second: PictureRow;
}

export const duplicateKinds = ['LEAK', 'WITHIN_SPLIT', 'CONFLICT'] as const;

export interface DuplicateFilter {
  versionId: string;
  /** Default: every kind. */
  kind?: (typeof duplicateKinds)[number] | null;
}

const [first, second] = [alias(picture, 'first_picture'), alias(picture, 'second_picture')];
const isFirst = and(eq(first.versionId, duplicatePicture.versionId), eq(first.position, duplicatePicture.first));
const isSecond = and(eq(second.versionId, duplicatePicture.versionId), eq(second.position, duplicatePicture.second));

/** By the positions of the two pictures, up to limit + 1. */
export async function listDuplicates(db: Executor, filter: DuplicateFilter, { limit, after }: { limit: number; after?: [first: number, second: number] }): Promise<DuplicatePair[]> {
  return db
    .select({ pair: duplicatePicture, first, second })
    .from(duplicatePicture)
    .innerJoin(first, isFirst)
    .innerJoin(second, isSecond)
    .where(and(listed(filter), after && sql`(${duplicatePicture.first}, ${duplicatePicture.second}) > (${after[0]}, ${after[1]})`))
    .orderBy(asc(duplicatePicture.first), asc(duplicatePicture.second))
    .limit(limit + 1);
}

export async function countListedDuplicates(db: Executor, filter: DuplicateFilter): Promise<number> {
  const [row] = await db.select({ total: count() }).from(duplicatePicture).innerJoin(first, isFirst).innerJoin(second, isSecond).where(listed(filter));
  return row!.total;
}

const is: Record<(typeof duplicateKinds)[number], SQL | undefined> = {
  LEAK: eq(duplicatePicture.leaks, true),
  WITHIN_SPLIT: eq(duplicatePicture.leaks, false),
  CONFLICT: and(eq(duplicatePicture.exact, true), ne(first.classIndex, second.classIndex)),
};

const listed = ({ versionId, kind }: DuplicateFilter) => and(eq(duplicatePicture.versionId, versionId), kind ? is[kind] : undefined);
