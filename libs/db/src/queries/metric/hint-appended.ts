import type { Database } from '../../connect';
import { notify } from '../notify';

/** Milliseconds; nobody is told more often than four times a second anyway. */
const pace = 50;

const pending = new WeakMap<Database, Set<string>>();

/** Tells listeners that runs have new points, many appends at once: a hint, so losing one when the process ends costs only time. */
export function hintAppended(db: Database, runIds: readonly string[]): void {
  if (runIds.length === 0) return;
  const waiting = pending.get(db);
  if (waiting) {
    for (const id of runIds) waiting.add(id);
    return;
  }
  pending.set(db, new Set());
  setTimeout(() => {
    const more = [...pending.get(db)!];
    pending.delete(db);
    hintAppended(db, more);
  }, pace).unref();
  void notify(db, 'metricsAppended', runIds).catch(() => {});
}
