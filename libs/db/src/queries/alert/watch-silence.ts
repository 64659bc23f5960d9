import { eq, sql, type SQL } from 'drizzle-orm';
import type { Database } from '../../connect';
import { alertRule, type AlertRuleRow } from '../../schema';
import { newestSeq, ofProgress } from './newest-seq';

/** Nobody looked for longer: what was not logged meanwhile may have found no server. */
const gap = sql`interval '1 minute'`;

/**
 * RUN_STALLED: runs that log nothing. RUN_WAITING: runs that nobody takes. Each silence is told once; it begins when it is
 * first seen, by Postgres's clock.
 */
export function watchSilence(db: Database, { id: ruleId }: Pick<AlertRuleRow, 'id'>): Promise<void> {
  return db.transaction(async (tx) => {
    const [rule] = await tx.select().from(alertRule).where(eq(alertRule.id, ruleId)).for('no key update');
    if (!rule?.enabled || rule.deletedAt) return;
    const { minutes, projectId } = rule;
    const stalls = rule.kind === 'RUN_STALLED';
    const isQuiet: SQL = stalls ? sql`run.status = 'RUNNING'` : sql`run.status = 'QUEUED'`;
    // The server's own absence is no silence of a script; a run that waits for a trainer waits all the same.
    const unseen: SQL = stalls ? sql`(${rule.lookedAt?.toISOString() ?? null}::timestamptz is null or ${rule.lookedAt?.toISOString() ?? null}::timestamptz < now() - ${gap})` : sql`false`;
    await tx.execute(sql`/* watchSilence */ delete from alert_watch watch using run where watch.rule_id = ${ruleId} and run.id = watch.run_id and not (${isQuiet} and run.deleted_at is null)`);
    await tx.execute(sql`/* watchSilence */
      insert into alert_watch (rule_id, run_id, mark, quiet_since)
      select ${ruleId}, run.id, run.claims || ':' || coalesce(newest.seq, 0), now()
      from run cross join lateral ${stalls ? newestSeq(sql`run.id`, ofProgress(rule.key)) : sql`(select 0::bigint as seq)`} newest
      where run.project_id = ${projectId} and run.deleted_at is null and ${isQuiet}
      on conflict (rule_id, run_id) do update set mark = excluded.mark, quiet_since = now(), told = false
      where alert_watch.mark is distinct from excluded.mark or ${unseen}`);
    await tx.execute(sql`/* watchSilence */
      with lasting as (
        update alert_watch set told = true where rule_id = ${ruleId} and not told and quiet_since <= now() - ${minutes}::int * interval '1 minute' returning run_id, mark
      )
      insert into alert (rule_id, run_id, occurrence, facts)
      select ${ruleId}, run_id, 'silence ' || mark, jsonb_strip_nulls(jsonb_build_object('minutes', ${minutes}::int, 'key', ${rule.key}::text)) from lasting on conflict do nothing`);
    await tx.update(alertRule).set({ lookedAt: sql`now()` }).where(eq(alertRule.id, ruleId));
  });
}
