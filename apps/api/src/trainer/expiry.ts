import { expireLeases } from '@thaw/db/queries/run/expire-leases';
import { isReachable } from '@thaw/db/queries/is-reachable';
import type { Services } from '../context';
import { repeat } from '../repeat';

/** milliseconds; with a lease of 30 s a lost trainer's run waits again at most 31 s after its last beat */
const every = 1_000;
/** Trainers that cannot reach the API beat every second: whoever lives has renewed its lease after this long. */
const grace = 3_000;
/** Looks further apart than this: this process, its machine or Postgres was away, and beats with it. */
const longestGap = 5_000;

/**
 * Gives back the runs of trainers that fell silent. Every replica does it; each row is taken by one. After a time in which
 * trainers could not be heard (a start, an outage) it first lets them speak.
 */
export function sweepExpiredLeases(services: Pick<Services, 'db' | 'log' | 'signal'>): void {
  const { db, log } = services;
  let heardSince = performance.now();
  let lastLook = heardSince;
  void repeat(services, 'looking for expired leases', every, async () => {
    const now = performance.now();
    if (now - lastLook > longestGap) heardSince = now;
    try {
      if (now - heardSince >= grace) {
        for (const { id, status, attempt } of await expireLeases(db)) log.warn({ run: id, status, attempt }, 'a trainer fell silent; its run was taken back');
      } else if (!(await isReachable(db))) {
        // Grace counts only while Postgres answers.
        heardSince = performance.now();
      }
      lastLook = performance.now();
    } catch (error) {
      heardSince = performance.now();
      throw error;
    }
  });
}
