import { and, asc, count, eq, gt, inArray, or, sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { picture, type PictureRow, type Split } from '../../schema';

export interface PictureFilter {
  versionId: string;
  split?: Split | null;
  classIndex?: number;
  /** Part of the path, in any case. */
  search?: string | null;
  /** Only these places. */
  positions?: readonly number[];
}

/** By position (training first, then by class and path), up to first + 1. */
export async function listPictures(db: Executor, filter: PictureFilter, { first, after, offset = 0 }: { first: number; after?: number; offset?: number }): Promise<PictureRow[]> {
  return db
    .select()
    .from(picture)
    .where(and(matches(filter), after !== undefined ? gt(picture.position, after) : undefined))
    .orderBy(asc(picture.position))
    .offset(offset)
    .limit(first + 1);
}

export async function countListedPictures(db: Executor, filter: PictureFilter): Promise<number> {
  const [row] = await db.select({ total: count() }).from(picture).where(matches(filter));
  return row!.total;
}

const matches = ({ versionId, split, classIndex, search, positions }: PictureFilter) => and(
  eq(picture.versionId, versionId),
  split ? eq(picture.split, split) : undefined,
  classIndex !== undefined ? eq(picture.classIndex, classIndex) : undefined,
  search ? sql`strpos(lower(${picture.path}), ${search.toLowerCase()}) > 0` : undefined,
  positions && inArray(picture.position, [...positions]),
);

/** Pictures of a version that have one of these paths, or the bytes of one of these digests. */
export async function lookUpPictures(db: Executor, versionId: string, { paths, sha256s }: { paths: readonly string[]; sha256s: readonly string[] }): Promise<PictureRow[]> {
  if (paths.length + sha256s.length === 0) return [];
  return db.select().from(picture).where(and(eq(picture.versionId, versionId), or(inArray(picture.path, [...paths]), inArray(picture.sha256, [...sha256s])))).orderBy(asc(picture.position));
}

/** By position. */
export async function findPictures(db: Executor, versionId: string, positions: readonly number[]): Promise<Map<number, PictureRow>> {
  const rows = await db.select().from(picture).where(and(eq(picture.versionId, versionId), inArray(picture.position, [...positions])));
  return new Map(rows.map((row) => [row.position, row]));
}

/** By "<version id>.<position>". */
export async function findPicturesById(db: Executor, keys: readonly string[]): Promise<Map<string, PictureRow>> {
  const wanted = keys.map((key) => key.split('.') as [string, string]);
  const places = sql`(select * from unnest(${sql.param(wanted.map(([version]) => version))}::uuid[], ${sql.param(wanted.map(([, position]) => Number(position)))}::int[]))`;
  const rows = await db.select().from(picture).where(sql`(${picture.versionId}, ${picture.position}) in ${places}`);
  return new Map(rows.map((row) => [`${row.versionId}.${row.position}`, row]));
}
