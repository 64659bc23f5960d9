import { iterate } from './iterate';
import type { Hint } from './notifier';

/** The events of a subscription that needs no memory: each hint becomes events, or none. */
export function follow<Event>(hints: AsyncGenerator<Hint, void, void>, toEvents: (hint: Hint) => Promise<Event[]>): AsyncGenerator<Event, void, void> {
  let waiting: Event[] = [];
  return iterate(async () => {
    while (waiting.length === 0) {
      const { value: hint, done } = await hints.next();
      if (done) return null;
      waiting = await toEvents(hint as Hint);
    }
    return { value: waiting.shift()! };
  }, () => void hints.return());
}
