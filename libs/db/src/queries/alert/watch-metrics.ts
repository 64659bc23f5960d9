import { encodeNumber } from '@thaw/series';
import { and, eq, sql } from 'drizzle-orm';
import type { Database, Executor } from '../../connect';
import { alertRule, type AlertRuleRow, alertWatch } from '../../schema';
import { follow, type Threshold } from './crossing';
import { newestSeq, ofKey } from './newest-seq';
import { type Occurrence, raiseAlerts } from './raise-alert';
import { chunksAtOnce, type NewChunk, readNewPoints } from './read-new-points';

/** Runs looked at in one round; the next round goes on with the rest. */
const mostRuns = 500;
/** A metric that trembles about its threshold is told so often at most, for each run. */
export const mostCrossings = 20;

/**
 * Looks at what was logged since the last time and raises the rule's alerts. runIds: only these, when given; else every run
 * that is running or stopped since. Each step is one transaction, so that nothing is skipped or told twice wherever it ends.
 */
export async function watchMetrics(db: Database, rule: AlertRuleRow, runIds: readonly string[] | null): Promise<void> {
  const isOver = rule.kind === 'METRIC_NOT_FINITE' || rule.firstOnly ? sql`exists (select from alert where alert.rule_id = ${rule.id} and alert.run_id = run.id)` : sql`false`;
  const { rows } = await db.execute<{ id: string }>(sql`/* findRunsToWatch */
    select run.id from run left join alert_watch watch on watch.rule_id = ${rule.id} and watch.run_id = run.id
    cross join lateral ${newestSeq(sql`run.id`, ofKey(rule.key))} newest
    where run.project_id = ${rule.projectId} and run.deleted_at is null ${runIds ? sql`and run.id = any(${sql.param([...runIds])}::uuid[])` : sql``}
      and (run.status = 'RUNNING' or exists (select from alert_check where alert_check.run_id = run.id))
      and newest.seq > coalesce(watch.seq, 0) and not ${isOver}
    limit ${mostRuns}`);
  for (const { id } of rows) while (await db.transaction((tx) => watchOnce(tx, rule, id)));
}

/** false: everything there was has been looked at. */
async function watchOnce(tx: Executor, { id: ruleId }: AlertRuleRow, runId: string): Promise<boolean> {
  // As it is now, and held: what is changed meanwhile starts its watches anew.
  const [rule] = await tx.select().from(alertRule).where(eq(alertRule.id, ruleId)).for('share');
  if (!rule?.enabled || rule.deletedAt) return false;
  await tx.insert(alertWatch).values({ ruleId, runId }).onConflictDoNothing();
  const own = and(eq(alertWatch.ruleId, ruleId), eq(alertWatch.runId, runId));
  const [watch] = await tx.select().from(alertWatch).where(own).for('no key update');
  const chunks = await readNewPoints(tx, runId, rule.key, watch!.seq);
  if (chunks.length === 0) return false;
  const seq = chunks.at(-1)!.seq;
  if (rule.kind === 'METRIC_NOT_FINITE') {
    await raiseAlerts(tx, notFinite(ruleId, runId, chunks));
    await tx.update(alertWatch).set({ seq }).where(own);
  } else {
    const threshold: Threshold = { direction: rule.direction!, threshold: rule.threshold!, points: rule.points };
    let followed = { step: watch!.step, streak: watch!.streak, since: watch!.since, told: watch!.told };
    const found: Occurrence[] = [];
    for (const { key, points } of chunks) {
      const { after, crossings } = follow(followed, points, threshold);
      followed = after;
      for (const { step, value, since } of crossings) found.push({ ruleId, runId, occurrence: `step ${since}`, facts: { key, step, value: encodeNumber(value), since } });
    }
    await raiseAlerts(tx, found.slice(0, (await crossingsLeft(tx, rule, runId))));
    await tx.update(alertWatch).set({ seq, ...followed }).where(own);
  }
  return chunks.length === chunksAtOnce;
}

/** The first value that is not finite; one alert for a run, since what follows is mostly the same. */
function notFinite(ruleId: string, runId: string, chunks: readonly NewChunk[]): Occurrence[] {
  for (const { key, points } of chunks) {
    const index = points.values.findIndex((value) => !Number.isFinite(value));
    if (index >= 0) return [{ ruleId, runId, occurrence: 'not finite', facts: { key, step: points.steps[index]!, value: encodeNumber(points.values[index]!) } }];
  }
  return [];
}

async function crossingsLeft(tx: Executor, { id, firstOnly }: AlertRuleRow, runId: string): Promise<number> {
  const { rows } = await tx.execute<{ count: string }>(sql`/* countCrossings */ select count(*) from alert where rule_id = ${id} and run_id = ${runId}`);
  return Math.max(0, (firstOnly ? 1 : mostCrossings) - Number(rows[0]!.count));
}
