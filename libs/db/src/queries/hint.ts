import type { Database } from '../connect';
import type { Topic } from '../notice';
import { notify } from './notify';

/** Milliseconds; nobody is told more often than four times a second anyway. */
const pace = 50;

const pending = new WeakMap<Database, Map<Topic, Set<string>>>();

/**
 * Tells listeners after a commit, many rows at once. Unlike a notice within the transaction it lets commits go on side by
 * side; a hint, so losing one when the process ends costs only time.
 */
export function hint(db: Database, topic: Topic, ids: readonly string[]): void {
  if (ids.length === 0) return;
  let topics = pending.get(db);
  if (!topics) pending.set(db, (topics = new Map()));
  const waiting = topics.get(topic);
  if (waiting) {
    for (const id of ids) waiting.add(id);
    return;
  }
  topics.set(topic, new Set());
  setTimeout(() => {
    const more = [...topics.get(topic)!];
    topics.delete(topic);
    hint(db, topic, more);
  }, pace).unref();
  void notify(db, topic, ids).catch(() => {});
}
