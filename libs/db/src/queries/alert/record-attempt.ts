import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import type { DeliveryAttempt } from '../../schema';

/** DEAD: no attempt follows. retry: seconds until the next one; it counts no attempt when it was broken off on our side. */
export type AttemptOutcome = { status: 'DELIVERED' | 'DEAD' } | { status: 'PENDING'; retrySeconds: number; counts: boolean };

/** Attempts kept in the log. */
const mostLogged = 20;

/** attempt: its number, by which a process that was too slow, and whose message another has taken since, is told: then only the log grows. */
export async function recordAttempt(db: Executor, { id, attempts }: { id: string; attempts: number }, attempt: DeliveryAttempt, outcome: AttemptOutcome): Promise<void> {
  const isOwn = sql`(attempts = ${attempts} and status = 'PENDING')`;
  // A message that has arrived is delivered, whoever noticed it.
  const settles = outcome.status === 'DELIVERED' ? sql`status <> 'DELIVERED'` : isOwn;
  const retry = outcome.status === 'PENDING' ? outcome : null;
  await db.execute(sql`/* recordAttempt */
    update alert_delivery set
      log = (select coalesce(jsonb_agg(entry order by place), '[]') from (select entry, place from jsonb_array_elements(log || ${JSON.stringify([attempt])}::jsonb) with ordinality as all_entries(entry, place) order by place desc limit ${mostLogged}) kept),
      status = case when ${settles} then ${outcome.status}::delivery_status else status end,
      ended_at = case when ${settles} and ${outcome.status} <> 'PENDING' then now() else ended_at end,
      attempts = case when ${isOwn} and ${retry !== null && !retry.counts} then attempts - 1 else attempts end,
      next_attempt_at = case when ${isOwn} and ${retry !== null} then now() + ${retry?.retrySeconds ?? 0}::float8 * interval '1 second' else next_attempt_at end
    where id = ${id}`);
}
