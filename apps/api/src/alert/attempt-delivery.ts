import type { AlertDeliveryRow, DeliveryAttempt } from '@thaw/db';
import type { ClaimedDelivery } from '@thaw/db/queries/alert/claim-deliveries';
import { type AttemptOutcome, recordAttempt } from '@thaw/db/queries/alert/record-attempt';
import type { Services } from '../context';
import { retryAfter } from './retry';
import { sendMessage, type Sent, timeoutMs } from './send-message';

/** How long a message in the hands of one process is nobody else's: an attempt, and time to record it. */
export const leaseSeconds = timeoutMs / 1000 + 10;

export const messageId = ({ id }: Pick<AlertDeliveryRow, 'id'>): string => `msg_${id}`;

/** Sends once and records how that went. retries: false for a test, which is not repeated. */
export async function attemptDelivery({ db, env }: Pick<Services, 'db' | 'env'>, delivery: ClaimedDelivery, signal: AbortSignal, { retries = true } = {}): Promise<void> {
  const at = new Date().toISOString();
  const started = performance.now();
  const sent = await sendMessage({ ...delivery, id: messageId(delivery) }, env.THAW_PRIVATE_WEBHOOKS, signal);
  const attempt: DeliveryAttempt = {
    at,
    durationMs: Math.round(performance.now() - started),
    status: sent.answered ? sent.status : null,
    excerpt: sent.answered ? sent.excerpt : null,
    error: signal.aborted && !sent.answered ? 'The Thaw server was stopped meanwhile; it goes on when it is back.' : problemOf(sent),
  };
  await recordAttempt(db, delivery, attempt, outcomeOf(sent, attempt, delivery.attempts, signal.aborted, retries));
}

function outcomeOf(sent: Sent, { error }: DeliveryAttempt, attempt: number, stopped: boolean, retries: boolean): AttemptOutcome {
  if (error === null) return { status: 'DELIVERED' };
  if (!sent.answered && stopped) return { status: 'PENDING', retrySeconds: 0, counts: false };
  // 410: the receiver says that it is gone for good.
  if (!retries || (sent.answered && sent.status === 410)) return { status: 'DEAD' };
  const pause = retryAfter(attempt, { asked: (sent.answered && sent.retryAfterSeconds) || 0 });
  return pause === null ? { status: 'DEAD' } : { status: 'PENDING', retrySeconds: pause, counts: true };
}

function problemOf(sent: Sent): string | null {
  if (!sent.answered) return sent.error;
  if (sent.status >= 200 && sent.status < 300) return null;
  if (sent.status >= 300 && sent.status < 400) return `It answered ${sent.status}, a redirect, which is not followed. Give the address it leads to.`;
  return sent.status === 410 ? 'It answered 410: nothing takes webhooks there any more.' : `It answered ${sent.status}; 200 to 299 counts as delivered.`;
}
