/** Half a second, doubling to ten; back to half a second once something has run for half a minute. */
export function createBackoff(): { started(): void; nextMs(): number } {
  let delayMs = 500;
  let startedAt = 0;
  return {
    started: () => void (startedAt = Date.now()),
    nextMs() {
      if (Date.now() - startedAt > 30_000) delayMs = 500;
      const now = delayMs;
      delayMs = Math.min(delayMs * 2, 10_000);
      return now;
    },
  };
}
