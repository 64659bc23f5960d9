/** The server did not answer, or could not just now: worth another try. */
export class NoAnswer extends Error {}

/** Milliseconds before another try: 0.5, 1, 2, 4 and then every 8 seconds. */
export const pause = (attempt: number): number => Math.min(8000, 500 * 2 ** attempt);

interface Patience {
  signal: AbortSignal;
  /** Told true when a try was in vain, and false when one went through after that. */
  onWaiting(waiting: boolean): void;
}

/** Does it again for as long as nobody answers; every other failure is final. A browser that comes back online cuts the wait short. */
export async function untilAnswered<T>(attempt: () => Promise<T>, { signal, onWaiting }: Patience): Promise<T> {
  for (let tries = 0; ; tries++) {
    signal.throwIfAborted();
    try {
      const answer = await attempt();
      if (tries > 0) onWaiting(false);
      return answer;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      onWaiting(true);
      await wait(pause(tries), signal);
    }
  }
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      globalThis.removeEventListener?.('online', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
    globalThis.addEventListener?.('online', done, { once: true });
  });
}
