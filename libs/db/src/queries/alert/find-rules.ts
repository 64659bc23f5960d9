import { and, asc, eq, inArray, isNotNull, isNull, max } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { isId } from '../../id';
import { alert, alertRule, type AlertRuleRow, project } from '../../schema';

export async function findRules(db: Executor, ids: readonly string[]): Promise<Map<string, AlertRuleRow>> {
  const rows = await db.select().from(alertRule).where(inArray(alertRule.id, ids.filter(isId)));
  return new Map(rows.map((row) => [row.id, row]));
}

/** By age; those that are not deleted, or those that are. */
export function listRules(db: Executor, projectName: string, deleted: boolean): Promise<AlertRuleRow[]> {
  return db
    .select({ rule: alertRule })
    .from(alertRule)
    .innerJoin(project, eq(project.id, alertRule.projectId))
    .where(and(eq(project.name, projectName), isNull(project.deletedAt), deleted ? isNotNull(alertRule.deletedAt) : isNull(alertRule.deletedAt)))
    .orderBy(asc(alertRule.id))
    .limit(1000)
    .then((rows) => rows.map(({ rule }) => rule));
}

/** When each rule last told something. */
export async function findLastAlerts(db: Executor, ruleIds: readonly string[]): Promise<Map<string, Date>> {
  const rows = await db.select({ id: alert.ruleId, at: max(alert.at) }).from(alert).where(inArray(alert.ruleId, [...ruleIds])).groupBy(alert.ruleId);
  return new Map(rows.map(({ id, at }) => [id, at!]));
}
