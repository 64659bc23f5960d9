import type { Logger } from 'pino';

/** One line per outage, not one per attempt. */
export function outageLog(log: Logger): (error: unknown) => void {
  let last = -Infinity;
  return (error) => {
    if (performance.now() - last > 30_000) log.warn(`${(error as Error).message} Trying again until it answers.`);
    last = performance.now();
  };
}

/** Says a new trouble once, and that it is over. */
export function complaints(log: Logger): (error: unknown) => void {
  let last: string | null = null;
  return (error) => {
    const message = error === null ? null : ((error as Error).message ?? String(error));
    if (message !== last) {
      if (message === null) log.info('the API answers again');
      else log.warn(`${message} Trying again every few seconds.`);
    }
    last = message;
  };
}
