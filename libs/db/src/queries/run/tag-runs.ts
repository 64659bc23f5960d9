import { and, inArray, isNull, sql } from 'drizzle-orm';
import type { Database } from '../../connect';
import { isId } from '../../id';
import { run, type RunRow } from '../../schema';
import { notify } from '../notify';

/** No tag is in both. */
export interface TagChanges {
  add: readonly string[];
  remove: readonly string[];
}

export type TaggedRuns = { ok: true; changed: RunRow[] } | { ok: false; unknown: string[]; full: RunRow[] };

/** All of them or none; changed: those whose tags are others now. A run keeps the order of its tags. */
export function tagRuns(db: Database, ids: readonly string[], { add, remove }: TagChanges, mostTags: number): Promise<TaggedRuns> {
  return db.transaction(async (tx): Promise<TaggedRuns> => {
    const found = await tx.select().from(run).where(and(inArray(run.id, ids.filter(isId)), isNull(run.deletedAt))).orderBy(run.id).for('no key update');
    const known = new Set(found.map(({ id }) => id));
    const unknown = ids.filter((id) => !known.has(id.toLowerCase()));
    const tagsOf = ({ tags }: RunRow) => [...new Set([...tags.filter((tag) => !remove.includes(tag)), ...add])];
    const changing = found.filter((row) => JSON.stringify(tagsOf(row)) !== JSON.stringify(row.tags));
    const full = changing.filter((row) => tagsOf(row).length > mostTags);
    if (unknown.length > 0 || full.length > 0) return { ok: false, unknown, full };
    if (changing.length === 0) return { ok: true, changed: [] };
    const kept = sql`array(select tag from unnest(${run.tags}) with ordinality as old(tag, at) where tag <> all(${sql.param([...remove])}::text[]) order by at)`;
    const tags = sql`${kept} || array(select tag from unnest(${sql.param([...add])}::text[]) with ordinality as new(tag, at) where tag <> all(${run.tags}) order by at)`;
    const changed = await tx.update(run).set({ tags }).where(inArray(run.id, changing.map(({ id }) => id))).returning();
    await notify(tx, 'runChanged', changed.map(({ id }) => id));
    return { ok: true, changed };
  });
}
