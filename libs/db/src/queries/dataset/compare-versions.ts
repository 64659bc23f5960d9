import { sql, type SQL } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { picture, type PictureRow } from '../../schema';
import { findPictures } from './list-pictures';

export const pictureChanges = ['ADDED', 'REMOVED', 'REPLACED', 'RENAMED', 'RELABELLED', 'MOVED'] as const;
export type PictureChange = (typeof pictureChanges)[number];

/** What is compared, and for each class of `from` its index in `to`, -1 where it has none. */
export interface Comparison {
  from: string;
  to: string;
  classIndexes: readonly number[];
}

export interface ChangedPicture {
  before: PictureRow | null;
  after: PictureRow | null;
}

export type ChangeCounts = Record<PictureChange | 'UNCHANGED', number>;

export async function countChanges(db: Executor, comparison: Comparison): Promise<ChangeCounts> {
  const totals = sql.join(pictureChanges.map((change) => sql`count(*) filter (where ${is[change]})::int as ${sql.identifier(change)}`), sql`, `);
  const { rows } = await db.execute<ChangeCounts>(sql`/* countChanges */ ${matched(comparison)} select ${totals}, count(*) filter (where not (${sql.join(pictureChanges.map((change) => is[change]), sql` or `)}))::int as "UNCHANGED" from matched`);
  return rows[0]!;
}

/** Those of one kind in the order of the version they are in (REMOVED: the old one, else the new one), up to first + 1. */
export async function listChanges(db: Executor, comparison: Comparison, change: PictureChange, { first, after }: { first: number; after?: number }): Promise<ChangedPicture[]> {
  const position = change === 'REMOVED' ? sql`a_position` : sql`b_position`;
  const { rows } = await db.execute<{ before: number | null; after: number | null }>(sql`
    /* listChanges */ ${matched(comparison)}
    select a_position as before, b_position as after from matched
    where ${is[change]} ${after === undefined ? sql`` : sql`and ${position} > ${after}`}
    order by ${position} limit ${first + 1}`);
  const [befores, afters] = await Promise.all([picturesAt(db, comparison.from, rows.map((row) => row.before)), picturesAt(db, comparison.to, rows.map((row) => row.after))]);
  return rows.map((row) => ({ before: befores.get(row.before) ?? null, after: afters.get(row.after) ?? null }));
}

const is: Record<PictureChange, SQL> = {
  ADDED: sql`a_position is null`,
  REMOVED: sql`b_position is null`,
  REPLACED: sql`(a_sha256 <> b_sha256)`,
  RENAMED: sql`(a_path <> b_path)`,
  RELABELLED: sql`(relabelled and a_position is not null and b_position is not null)`,
  MOVED: sql`(a_split <> b_split)`,
};

/**
 * One row per picture of either version. Pictures are the same by path; of the others those with equal bytes are, the
 * n-th by path with the n-th, so that a file that was renamed is neither removed nor added. A picture can have changed in
 * several ways.
 */
function matched({ from, to, classIndexes }: Comparison): SQL {
  const columns = (side: string) => sql.raw(['position', 'split', 'class_index', 'path', 'sha256'].map((name) => `${name} as ${side}_${name}`).join(', '));
  const both = sql.raw(['a', 'b'].flatMap((side) => ['position', 'split', 'class_index', 'path', 'sha256'].map((name) => `${side}_${name}`)).join(', '));
  return sql`
    with a as materialized (select ${columns('a')} from ${picture} where version_id = ${from}),
    b as materialized (select ${columns('b')} from ${picture} where version_id = ${to}),
    by_path as materialized (select ${both} from a join b on a_path = b_path),
    a_rest as (select *, row_number() over (partition by a_sha256 order by a_path) as nth from a where not exists (select from by_path where by_path.a_position = a.a_position)),
    b_rest as (select *, row_number() over (partition by b_sha256 order by b_path) as nth from b where not exists (select from by_path where by_path.b_position = b.b_position)),
    pairs as (select ${both} from by_path union all select ${both} from a_rest full join b_rest on a_sha256 = b_sha256 and a_rest.nth = b_rest.nth),
    matched as (select *, b_class_index is distinct from (${sql.param(`{${classIndexes.join(',')}}`)}::int[])[a_class_index + 1] as relabelled from pairs)`;
}

async function picturesAt(db: Executor, versionId: string, positions: readonly (number | null)[]): Promise<Map<number | null, PictureRow>> {
  const wanted = positions.filter((position) => position !== null);
  return wanted.length === 0 ? new Map() : findPictures(db, versionId, wanted);
}
