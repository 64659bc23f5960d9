import { encodeNumber } from '@thaw/series';
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Database, Executor } from '../../connect';
import { alertRule, type AlertRuleRow, alertWatch, type AlertWatchRow } from '../../schema';
import { follow } from './crossing';
import { newestSeq, ofKey } from './newest-seq';
import { type Occurrence, raiseAlerts } from './raise-alert';
import { chunksAtOnce, type NewChunk, readNewPoints } from './read-new-points';

/** Runs looked at in one round; the next round goes on with the rest. */
const mostRuns = 1000;
/** In one transaction: what is read of them at once has to fit into memory. */
const runsAtOnce = 25;
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
    order by run.id limit ${mostRuns}`);
  let waiting = rows.map(({ id }) => id);
  while (waiting.length > 0) {
    const taken = waiting.slice(0, runsAtOnce);
    waiting = [...(await db.transaction((tx) => watchOnce(tx, rule, taken))), ...waiting.slice(runsAtOnce)];
  }
}

/** Those of the runs that there is more of. */
async function watchOnce(tx: Executor, { id: ruleId }: AlertRuleRow, runIds: readonly string[]): Promise<string[]> {
  // As it is now, and held: what is changed meanwhile starts its watches anew.
  const [rule] = await tx.select().from(alertRule).where(eq(alertRule.id, ruleId)).for('share');
  if (!rule?.enabled || rule.deletedAt) return [];
  await tx.insert(alertWatch).values(runIds.map((runId) => ({ ruleId, runId }))).onConflictDoNothing();
  const watches = await tx.select().from(alertWatch).where(and(eq(alertWatch.ruleId, ruleId), inArray(alertWatch.runId, [...runIds]))).orderBy(asc(alertWatch.runId)).for('no key update');
  const chunks = await readNewPoints(tx, new Map(watches.map(({ runId, seq }) => [runId, seq])), rule.key);
  const looked = watches.flatMap((watch) => {
    const own = chunks.get(watch.runId);
    return own ? [rule.kind === 'METRIC_NOT_FINITE' ? lookForNotFinite(watch, own) : lookForCrossings(watch, own, rule)] : [];
  });
  const raised = looked.filter(({ found }) => found.length > 0);
  const before = await countAlerts(tx, ruleId, raised.map(({ watch }) => watch.runId));
  const most = rule.kind === 'METRIC_NOT_FINITE' || rule.firstOnly ? 1 : mostCrossings;
  await raiseAlerts(tx, raised.flatMap(({ watch, found }) => found.slice(0, Math.max(0, most - (before.get(watch.runId) ?? 0)))));
  await storeWatches(tx, looked.map(({ watch }) => watch));
  return looked.filter(({ watch }) => chunks.get(watch.runId)!.length === chunksAtOnce).map(({ watch }) => watch.runId);
}

interface Looked {
  watch: AlertWatchRow;
  found: Occurrence[];
}

/** The first value that is not finite; what follows is mostly the same. */
function lookForNotFinite(before: AlertWatchRow, chunks: readonly NewChunk[]): Looked {
  const watch = { ...before, seq: chunks.at(-1)!.seq };
  for (const { key, points } of chunks) {
    const index = points.values.findIndex((value) => !Number.isFinite(value));
    if (index < 0) continue;
    const { ruleId, runId } = watch;
    return { watch, found: [{ ruleId, runId, occurrence: 'not finite', facts: { key, step: points.steps[index]!, value: encodeNumber(points.values[index]!) } }] };
  }
  return { watch, found: [] };
}

function lookForCrossings(before: AlertWatchRow, chunks: readonly NewChunk[], { direction, threshold, points: needed }: AlertRuleRow): Looked {
  const { ruleId, runId } = before;
  let watch = { ...before, seq: chunks.at(-1)!.seq };
  const found: Occurrence[] = [];
  for (const { key, points } of chunks) {
    const { after, crossings } = follow(watch, points, { direction: direction!, threshold: threshold!, points: needed });
    watch = { ...watch, ...after };
    for (const { step, value, since } of crossings) found.push({ ruleId, runId, occurrence: `step ${since}`, facts: { key, step, value: encodeNumber(value), since } });
  }
  return { watch, found };
}

async function countAlerts(tx: Executor, ruleId: string, runIds: readonly string[]): Promise<Map<string, number>> {
  if (runIds.length === 0) return new Map();
  const { rows } = await tx.execute<{ run_id: string; total: string }>(sql`/* countAlerts */ select run_id, count(*) as total from alert where rule_id = ${ruleId} and run_id = any(${sql.param([...runIds])}::uuid[]) group by run_id`);
  return new Map(rows.map(({ run_id: runId, total }) => [runId, Number(total)]));
}

async function storeWatches(tx: Executor, watches: readonly AlertWatchRow[]): Promise<void> {
  if (watches.length === 0) return;
  const column = <Value>(read: (watch: AlertWatchRow) => Value) => sql.param(watches.map(read));
  await tx.execute(sql`/* storeWatches */
    update alert_watch watch set seq = now.seq, step = now.step, streak = now.streak, since = now.since, told = now.told
    from unnest(${column(({ runId }) => runId)}::uuid[], ${column(({ seq }) => seq)}::bigint[], ${column(({ step }) => step)}::bigint[], ${column(({ streak }) => streak)}::int[], ${column(({ since }) => since)}::bigint[], ${column(({ told }) => told)}::boolean[]) now(run_id, seq, step, streak, since, told)
    where watch.rule_id = ${watches[0]!.ruleId} and watch.run_id = now.run_id`);
}
