import { eq, sql } from 'drizzle-orm';
import type { Database, Executor } from '../../connect';
import { isId } from '../../id';
import { alertRule, type AlertRuleRow } from '../../schema';
import type { NewRule } from './insert-rule';
import { startWatching } from './start-watching';

export type RuleChanges = Partial<Omit<NewRule, 'projectId' | 'kind'>>;

/** What a rule looks for; when it changes, what was followed so far means nothing any more. */
const watched = ['enabled', 'key', 'direction', 'threshold', 'points', 'minutes'] as const;

/** changes: made from the rule as it is; null leaves it so. null: there is no such rule, or it is deleted. */
export async function updateRule(db: Database, id: string, change: (before: AlertRuleRow) => RuleChanges | null): Promise<AlertRuleRow | null> {
  if (!isId(id)) return null;
  return db.transaction(async (tx) => {
    const before = await holdRule(tx, id);
    if (!before || before.deletedAt) return null;
    const changes = change(before);
    if (!changes || Object.values(changes).every((value) => value === undefined)) return before;
    const [after] = await tx.update(alertRule).set({ ...changes, lookedAt: null }).where(eq(alertRule.id, id)).returning();
    if (watched.some((column) => before[column] !== after![column])) await startWatching(tx, after!);
    return after!;
  });
}

/** Out of sight, or back; null: there is no such rule. */
export async function markRuleDeleted(db: Database, id: string, deleted: boolean): Promise<AlertRuleRow | null> {
  if (!isId(id)) return null;
  return db.transaction(async (tx) => {
    const before = await holdRule(tx, id);
    if (!before || (before.deletedAt !== null) === deleted) return before ?? null;
    const [after] = await tx.update(alertRule).set({ deletedAt: deleted ? sql`now()` : null, lookedAt: null }).where(eq(alertRule.id, id)).returning();
    if (!deleted) await startWatching(tx, after!);
    return after!;
  });
}

async function holdRule(tx: Executor, id: string): Promise<AlertRuleRow | undefined> {
  const [rule] = await tx.select().from(alertRule).where(eq(alertRule.id, id)).for('update');
  return rule;
}
