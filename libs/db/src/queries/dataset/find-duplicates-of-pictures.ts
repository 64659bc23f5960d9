import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { duplicatePicture, type DuplicatePictureRow } from '../../schema';

export type DuplicateOf = Pick<DuplicatePictureRow, 'exact' | 'distance' | 'leaks'> & {
  versionId: string;
  /** Of the other picture. */
  other: number;
};

/** By picture, "<version id>.<position>": what is the same as it, or nearly so, most alike first. */
export async function findDuplicatesOfPictures(db: Executor, keys: readonly string[]): Promise<Map<string, DuplicateOf[]>> {
  const wanted = keys.map((key) => key.split('.') as [string, string]);
  const { rows } = await db.execute<{ key: string } & DuplicateOf>(sql`
    /* findDuplicatesOfPictures */
    with wanted as (select * from unnest(${sql.param(wanted.map(([version]) => version))}::uuid[], ${sql.param(wanted.map(([, position]) => Number(position)))}::int[]) as w(version, position))
    select version || '.' || position as key, version as "versionId", pair.second as other, exact, distance, leaks
    from wanted join ${duplicatePicture} as pair on pair.version_id = version and pair.first = position
    union all
    select version || '.' || position, version, pair.first, exact, distance, leaks
    from wanted join ${duplicatePicture} as pair on pair.version_id = version and pair.second = position
    order by distance, other`);
  const found = new Map<string, DuplicateOf[]>(keys.map((key) => [key, []]));
  for (const { key, ...pair } of rows) found.get(key)!.push(pair);
  return found;
}
