'use client';

import { useMutation } from '@apollo/client/react';
import { RotateCcw } from 'lucide-react';
import { AlertLogDocument, RedeliverAlertDocument, type SentFragment } from '../generated/graphql';
import { formatDuration, TimeAgo, useNow } from '../format/time';
import { Button } from '../ui/button';
import { CopyButton } from '../ui/copy-button';
import { Dialog } from '../ui/dialog';
import { useNotify } from '../ui/notices';
import { DeliveryBadge } from './delivery-status';

export function DeliveryDialog({ delivery, onClose }: { delivery: SentFragment | null; onClose: () => void }) {
  return (
    <Dialog wide open={delivery !== null} onOpenChange={(open) => !open && onClose()} title={delivery?.alert ? `${delivery.alert.run.name} ${delivery.alert.text}` : 'Test message'} description={delivery ? `To ${delivery.webhook.name}${delivery.alert ? `, by the rule ${delivery.alert.rule.name}` : ''}` : undefined}>
      {delivery && <Details delivery={delivery} />}
    </Dialog>
  );
}

function Details({ delivery }: { delivery: SentFragment }) {
  const { id, status, messageId, body, log, nextAttempt, webhook } = delivery;
  const now = useNow();
  const notify = useNotify();
  const [redeliver, { loading }] = useMutation(RedeliverAlertDocument, { refetchQueries: [AlertLogDocument] });
  const sendAgain = async () => {
    try {
      const { data } = await redeliver({ variables: { id } });
      const errors = data?.redeliverAlert.userErrors ?? [];
      notify(errors.length > 0 ? errors.map(({ message }) => message).join(' ') : `On its way to ${webhook.name}.`, errors.length > 0 ? 'danger' : 'info');
    } catch (error) {
      notify(`It could not be sent again: ${(error as Error).message}`, 'danger');
    }
  };
  const wait = nextAttempt && now ? (Date.parse(nextAttempt) - now) / 1000 : null;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <DeliveryBadge status={status} />
        {wait !== null && <span className="text-muted">{wait > 1 ? `next attempt in ${formatDuration(wait)}` : 'being sent'}</span>}
        <Button size="sm" className="ml-auto" busy={loading} onClick={() => void sendAgain()}>{!loading && <RotateCcw aria-hidden />}{status === 'PENDING' ? 'Send now' : 'Send again'}</Button>
      </div>
      <section>
        <h3 className="mb-1 font-medium">Attempts</h3>
        {log.length === 0 ? <p className="text-muted">{status === 'SUPPRESSED' ? 'Its rule had raised 100 alerts within the hour, so it was held back.' : 'None has ended yet.'}</p> : (
          <ol className="flex flex-col gap-2">
            {[...log].reverse().map((attempt) => (
              <li key={attempt.at} className="rounded-md border p-2">
                <p className="flex flex-wrap gap-x-3"><strong className="font-medium">{attempt.status ?? 'No answer'}</strong><span className="num text-muted">{attempt.durationMs} ms</span><span className="ml-auto text-muted"><TimeAgo at={attempt.at} /></span></p>
                {attempt.error && <p className="break-words text-danger">{attempt.error}</p>}
                {attempt.excerpt && <pre tabIndex={0} aria-label="Start of the answer" className="mt-1 max-h-32 overflow-auto rounded bg-sunken p-2 font-mono text-xs whitespace-pre-wrap">{attempt.excerpt}</pre>}
              </li>
            ))}
          </ol>
        )}
      </section>
      <section>
        <h3 className="mb-1 flex items-center gap-1 font-medium">Body<CopyButton text={body} label="Copy the body" /></h3>
        <pre tabIndex={0} aria-label="Body of the message" className="max-h-72 overflow-auto rounded-md border bg-sunken p-2 font-mono text-xs">{pretty(body)}</pre>
        <p className="mt-1 text-xs text-muted">webhook-id <code className="break-all">{messageId}</code>, the same in every attempt</p>
      </section>
    </div>
  );
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
