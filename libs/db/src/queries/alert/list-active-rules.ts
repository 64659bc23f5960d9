import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Executor } from '../../connect';
import { alertRule, type AlertRuleRow, project } from '../../schema';

/** Of every project: what is to be evaluated. The end of a run is told by a trigger; those rules wait for nothing. */
export function listActiveRules(db: Executor): Promise<AlertRuleRow[]> {
  return db
    .select(columnsOfRule)
    .from(alertRule)
    .innerJoin(project, eq(project.id, alertRule.projectId))
    .where(and(eq(alertRule.enabled, true), isNull(alertRule.deletedAt), isNull(project.deletedAt)))
    .orderBy(asc(alertRule.id))
    .then((rows) => rows.map(({ rule }) => rule));
}

const columnsOfRule = { rule: alertRule };
