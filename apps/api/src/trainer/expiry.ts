import { expireLeases } from '@thaw/db/queries/run/expire-leases';
import type { Services } from '../context';

const every = 5_000;

/** Gives back the runs of trainers that fell silent. Every replica does it; each row is taken by one. */
export function sweepExpiredLeases({ db, log, signal }: Services): void {
  let busy = false;
  const sweep = async () => {
    if (busy) return;
    busy = true;
    try {
      for (const { id, status, attempt } of await expireLeases(db)) log.warn({ run: id, status, attempt }, 'a trainer fell silent; its run was taken back');
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error }, 'looking for expired leases failed; trying again');
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(sweep, every);
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}
