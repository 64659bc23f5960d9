import { and, count, eq, isNull } from 'drizzle-orm';
import type { Database } from '../../connect';
import { alertRule, type AlertRuleRow } from '../../schema';
import { startWatching } from './start-watching';

export type NewRule = Pick<AlertRuleRow, 'projectId' | 'name' | 'kind' | 'enabled' | 'webhookIds' | 'endReasons' | 'key' | 'direction' | 'threshold' | 'points' | 'firstOnly' | 'minutes'>;

/** Of a project: each is looked after every few seconds. */
export const mostRules = 100;

/** null: the project has as many as it may. */
export function insertRule(db: Database, values: NewRule): Promise<AlertRuleRow | null> {
  return db.transaction(async (tx) => {
    const [row] = await tx.select({ total: count() }).from(alertRule).where(and(eq(alertRule.projectId, values.projectId), isNull(alertRule.deletedAt)));
    if (row!.total >= mostRules) return null;
    const [rule] = await tx.insert(alertRule).values(values).returning();
    await startWatching(tx, rule!);
    return rule!;
  });
}
