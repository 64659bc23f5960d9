import { inArray, sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { datasetVersion, duplicatePicture, picture } from '../../schema';

/** Pairs, where nothing else is said. */
export type DuplicateCounts = {
  exact: number;
  near: number;
  leaks: number;
  /** Of exact: those of two classes. */
  conflicts: number;
  /** Indexes of these classes. */
  conflictClasses: number[];
  /** Validation pictures that are in training byte for byte, and those that are not but look like one there. */
  leakedExactly: number;
  leakedNearly: number;
};

/** A version whose pictures have yet to be compared is missing from the map. In a leak the second picture is the validation one. */
export async function countDuplicates(db: Executor, versionIds: readonly string[]): Promise<Map<string, DuplicateCounts>> {
  const { rows } = await db.execute<{ id: string } & DuplicateCounts>(sql`
    /* countDuplicates */
    select ${datasetVersion.id} as id, pairs.*, across.*
    from ${datasetVersion}, lateral (
      select count(*) filter (where exact)::int as exact,
        count(*) filter (where not exact)::int as near,
        count(*) filter (where leaks)::int as leaks,
        count(distinct second) filter (where leaks and exact)::int as "leakedExactly",
        (count(distinct second) filter (where leaks) - count(distinct second) filter (where leaks and exact))::int as "leakedNearly"
      from ${duplicatePicture} where ${duplicatePicture.versionId} = ${datasetVersion.id}
    ) as pairs, lateral (
      select count(distinct (pair.first, pair.second))::int as conflicts, coalesce(array_agg(distinct affected), '{}') as "conflictClasses"
      from ${duplicatePicture} as pair
      join ${picture} as one on one.version_id = pair.version_id and one.position = pair.first
      join ${picture} as other on other.version_id = pair.version_id and other.position = pair.second,
      unnest(array[one.class_index, other.class_index]) as affected
      where pair.version_id = ${datasetVersion.id} and pair.exact and one.class_index <> other.class_index
    ) as across
    where ${inArray(datasetVersion.id, [...versionIds])}
      and not exists (select from ${picture} where ${picture.versionId} = ${datasetVersion.id} and ${picture.position} = 0 and ${picture.perceptualHash} is null)`);
  return new Map(rows.map(({ id, ...counts }) => [id, counts]));
}
