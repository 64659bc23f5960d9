import { sql } from 'drizzle-orm';
import type { Executor } from '../../connect';
import type { AlertRuleRow } from '../../schema';

/** Runs that finished with a better value than every other of the project ever had. The first run of all beats nobody. */
export async function watchBest(db: Executor, { id: ruleId, projectId, key, direction }: AlertRuleRow): Promise<void> {
  const column = sql.raw(direction === 'ABOVE' ? 'max' : 'min');
  const order = sql.raw(direction === 'ABOVE' ? 'desc' : 'asc');
  const better = sql.raw(direction === 'ABOVE' ? '>' : '<');
  await db.execute(sql`/* watchBest */
    insert into alert (rule_id, run_id, occurrence, facts)
    select ${ruleId}, run.id, 'best', jsonb_build_object('key', key.name, 'value', own.${column}, 'step', own.${column}_step, 'best', best.${column}, 'bestRunId', best.run_id)
    from run join key on key.project_id = run.project_id and key.kind = 'METRIC' and key.name = ${key}
    join metric_series own on own.run_id = run.id and own.key_id = key.id
    cross join lateral (
      select other.run_id, other.${column} from metric_series other join run holder on holder.id = other.run_id
      where other.key_id = key.id and other.run_id <> run.id and other.${column} is not null and holder.deleted_at is null
      order by other.${column} ${order} limit 1
    ) best
    where run.project_id = ${projectId} and run.status = 'FINISHED' and run.deleted_at is null and own.${column} ${better} best.${column}
      and run.id in (select run_id from alert_check)
    on conflict do nothing`);
}
