import type { Services } from './context';

/**
 * Does a round of work again and again while the process runs: one at a time, and after one that failed as after any other.
 * task: what a failure is logged as, "looking for expired leases". Resolves when, after the process was told to end, no
 * round is under way.
 */
export function repeat({ log, signal }: Pick<Services, 'log' | 'signal'>, task: string, everyMs: number, round: () => Promise<void>): Promise<void> {
  let underWay: Promise<void> | null = null;
  const once = async () => {
    try {
      await round();
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error }, `${task} failed; trying again`);
    } finally {
      underWay = null;
    }
  };
  const timer = setInterval(() => void (underWay ??= once()), everyMs);
  return new Promise((resolve) => {
    signal.addEventListener('abort', async () => {
      clearInterval(timer);
      await underWay;
      resolve();
    }, { once: true });
  });
}
