import { eq, sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { type AlertRuleRow, alertWatch } from '../../schema';
import { newestSeq, ofKey } from './newest-seq';

/** A rule that is new, changed or switched on tells of what happens from now on: what runs have logged already counts as seen. */
export async function startWatching(tx: Executor, rule: AlertRuleRow): Promise<void> {
  await tx.delete(alertWatch).where(eq(alertWatch.ruleId, rule.id));
  if (rule.kind !== 'METRIC_CROSSED' && rule.kind !== 'METRIC_NOT_FINITE') return;
  const beyond = rule.kind === 'METRIC_CROSSED' ? sql`case when ${rule.direction} = 'ABOVE' then own.last > ${rule.threshold} and own.last <> 'NaN' else own.last < ${rule.threshold} end` : sql`false`;
  const known = rule.kind === 'METRIC_CROSSED' ? sql`left join key on key.project_id = run.project_id and key.kind = 'METRIC' and key.name = ${rule.key} left join metric_series own on own.run_id = run.id and own.key_id = key.id` : sql`left join metric_series own on false`;
  await tx.execute(sql`/* startWatching */
    insert into alert_watch (rule_id, run_id, seq, step, streak, since, told)
    select ${rule.id}, run.id, newest.seq, own.last_step, case when ${beyond} then ${rule.points}::int else 0 end, case when ${beyond} then own.last_step end, coalesce(${beyond}, false)
    from run ${known} cross join lateral ${newestSeq(sql`run.id`, ofKey(rule.key))} newest
    where run.project_id = ${rule.projectId} and newest.seq is not null
      and (run.status in ('QUEUED', 'RUNNING', 'PAUSED') or run.id in (select run_id from alert_check))`);
}
