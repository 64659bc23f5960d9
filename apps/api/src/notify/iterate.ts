/**
 * An iterator from the function that waits for its next value (null: the end) and one that closes it. Unlike an
 * async generator it ends at once when its consumer leaves, even in the middle of waiting.
 */
export function iterate<Value>(next: () => Promise<{ value: Value } | null>, close: () => void): AsyncGenerator<Value, void, void> {
  return {
    async next() {
      const found = await next();
      return found ? { value: found.value, done: false } : { value: undefined, done: true };
    },
    async return() {
      close();
      return { value: undefined, done: true };
    },
    async throw(error) {
      close();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
    async [Symbol.asyncDispose]() {
      close();
    },
  };
}
