import { and, inArray, isNull, sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { isId } from '../../id';
import { trainer, type TrainerRow } from '../../schema';

/** Notes that they were heard of; left out are those that are not known, or said goodbye. Who was heard of a moment ago is not written again. */
export async function touchTrainers(db: Executor, ids: readonly string[]): Promise<Map<string, TrainerRow>> {
  const known = [...new Set(ids.filter(isId).map((id) => id.toLowerCase()))].sort();
  const heard = sql`/* touchTrainers */
    update trainer set last_seen_at = now() where id in (
      select id from trainer where id = any(${sql.param(known)}::uuid[]) and stopped_at is null and last_seen_at < now() - interval '1 second' order by id for no key update skip locked
    )`;
  const [rows] = await Promise.all([db.select().from(trainer).where(and(inArray(trainer.id, known), isNull(trainer.stoppedAt))), db.execute(heard)]);
  return new Map(rows.map((row) => [row.id, row]));
}
