import { type ClaimedDelivery, claimDeliveries } from '@thaw/db/queries/alert/claim-deliveries';
import type { Services } from '../context';
import { attemptDelivery, leaseSeconds } from './attempt-delivery';

const everyMs = 1_000;
/** Under way at once in this process. */
const mostAtOnce = 20;
/** What is being sent when the process is to end gets so long to be answered. */
const graceMs = 2_000;

export interface DeliveryWorker {
  /** There may be something to send. */
  wake(): void;
  /** After the process was told to end: when nothing is under way any more. */
  stopped: Promise<void>;
}

/** Sends what is due. Every replica does it; each message is taken by one at a time, and one webhook that is slow holds up no other. */
export function deliverAlerts(services: Pick<Services, 'db' | 'env' | 'log' | 'signal'>): DeliveryWorker {
  const { db, log, signal } = services;
  const underWay = new Map<ClaimedDelivery, Promise<void>>();
  const breakOff = new AbortController();
  let looking = false;
  let again = false;

  async function look(): Promise<void> {
    if (looking) return void (again = true);
    looking = true;
    try {
      do {
        again = false;
        if (signal.aborted || underWay.size >= mostAtOnce) break;
        const busy = [...new Set([...underWay.keys()].map(({ webhookId }) => webhookId))];
        for (const delivery of await claimDeliveries(db, leaseSeconds, busy, mostAtOnce - underWay.size)) underWay.set(delivery, send(delivery));
      } while (again);
    } catch (error) {
      if (!signal.aborted) log.warn({ err: error }, 'looking for webhook messages to send failed; trying again');
    } finally {
      looking = false;
    }
  }

  async function send(delivery: ClaimedDelivery): Promise<void> {
    try {
      await attemptDelivery(services, delivery, breakOff.signal);
    } catch (error) {
      // Its lease runs out, and it is sent again under the same id.
      log.warn({ err: error, delivery: delivery.id }, 'a webhook message was sent, or not, and that could not be recorded');
    }
    underWay.delete(delivery);
    if (!signal.aborted) void look();
  }

  const timer = setInterval(() => void look(), everyMs);
  const stopped = new Promise<void>((resolve) => {
    signal.addEventListener('abort', async () => {
      clearInterval(timer);
      const patience = setTimeout(() => breakOff.abort(), graceMs);
      await Promise.all(underWay.values());
      clearTimeout(patience);
      resolve();
    }, { once: true });
  });
  return { wake: () => void look(), stopped };
}
