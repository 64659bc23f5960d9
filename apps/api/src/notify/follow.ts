import type { Hint } from './notifier';

/**
 * The events of a subscription: each hint becomes events, or none. Unlike an async generator it ends at
 * once when the subscriber leaves, even while it waits for a hint.
 */
export function follow<Event>(hints: AsyncGenerator<Hint, void, void>, toEvents: (hint: Hint) => Promise<Event[]>): AsyncGenerator<Event, void, void> {
  let waiting: Event[] = [];
  return {
    async next() {
      while (waiting.length === 0) {
        const { value: hint, done } = await hints.next();
        if (done) return { value: undefined, done: true };
        waiting = await toEvents(hint as Hint);
      }
      return { value: waiting.shift()!, done: false };
    },
    async return() {
      await hints.return();
      return { value: undefined, done: true };
    },
    throw: (error) => hints.throw(error) as Promise<IteratorResult<Event, void>>,
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      await hints.return();
    },
  };
}
