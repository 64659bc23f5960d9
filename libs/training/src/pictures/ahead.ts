export interface Loaded<T> {
  item: T;
  /** milliseconds the caller had to wait for it */
  waitedMs: number;
}

/**
 * Loads items `first` … count − 1 in order, the next `depth` of them while the caller is at work on one. Whoever leaves early
 * gets rid of what was loaded for nothing through `discard`.
 */
export async function* ahead<T>(count: number, load: (index: number) => Promise<T>, discard: (item: T) => void, { first = 0, depth = 2 } = {}): AsyncGenerator<Loaded<T>> {
  const queue: Promise<T>[] = [];
  let next = first;
  const refill = () => {
    while (next < count && queue.length <= depth) {
      const loading = load(next++);
      // Reported when its turn comes.
      loading.catch(() => {});
      queue.push(loading);
    }
  };
  try {
    let asked = performance.now();
    for (refill(); queue.length > 0; refill()) {
      const item = await queue[0]!;
      queue.shift();
      refill();
      yield { item, waitedMs: performance.now() - asked };
      asked = performance.now();
    }
  } finally {
    for (const left of await Promise.allSettled(queue)) if (left.status === 'fulfilled') discard(left.value);
  }
}
