import type { Executor } from '../../connect';
import { alert, type AlertFacts } from '../../schema';

export interface Occurrence {
  ruleId: string;
  runId: string;
  occurrence: string;
  facts: AlertFacts;
}

/** Once for each occurrence, however often it is noticed. */
export async function raiseAlerts(db: Executor, occurrences: readonly Occurrence[]): Promise<void> {
  if (occurrences.length > 0) await db.insert(alert).values([...occurrences]).onConflictDoNothing();
}
