'use client';

import { useMutation } from '@apollo/client/react';
import { Ellipsis, KeyRound, Pencil, Send, Trash2 } from 'lucide-react';
import { AlertLogDocument, AlertsDocument, RotateWebhookSecretDocument, TestWebhookDocument, UpdateWebhookDocument, type HookFragment } from '../generated/graphql';
import { DateTime, TimeAgo } from '../format/time';
import { Button } from '../ui/button';
import { Menu, MenuItem } from '../ui/menu';
import { useNotify } from '../ui/notices';
import { Switch } from '../ui/switch';
import { DeliveryBadge } from './delivery-status';

const formats: Record<HookFragment['format'], string> = { GENERIC: 'JSON', SLACK: 'Slack', DISCORD: 'Discord' };

interface WebhookListProps { webhooks: readonly HookFragment[]; onEdit: (webhook: HookFragment) => void; onDelete: (webhook: HookFragment) => void; onSecret: (name: string, secret: string) => void }

export function WebhookList({ webhooks, ...actions }: WebhookListProps) {
  return <ul aria-label="Webhooks" className="divide-y">{webhooks.map((webhook) => <WebhookRow key={webhook.id} webhook={webhook} {...actions} />)}</ul>;
}

function WebhookRow({ webhook, onEdit, onDelete, onSecret }: Omit<WebhookListProps, 'webhooks'> & { webhook: HookFragment }) {
  const { id, name, shownAddress, format, enabled, needsAddress, previousSecretUntil, lastDelivery } = webhook;
  const notify = useNotify();
  const [test, testing] = useMutation(TestWebhookDocument, { refetchQueries: [AlertsDocument, AlertLogDocument] });
  const [rotate] = useMutation(RotateWebhookSecretDocument);
  const [update, updating] = useMutation(UpdateWebhookDocument, { refetchQueries: [AlertsDocument] });

  /** Says what went wrong, and answers whether nothing did. */
  const attempt = async (what: string, work: () => Promise<{ message: string }[] | undefined>) => {
    try {
      const errors = (await work()) ?? [];
      if (errors.length > 0) notify(errors.map(({ message }) => message).join(' '), 'danger');
    } catch (error) {
      notify(`${name} could not be ${what}: ${(error as Error).message}`, 'danger');
    }
  };
  const runTest = () => attempt('tested', async () => {
    const answer = (await test({ variables: { id } })).data?.testWebhook;
    const last = answer?.delivery?.log.at(-1);
    if (answer?.delivery?.status === 'DELIVERED') notify(`${name} took the test: ${last?.status} after ${last?.durationMs} ms.`);
    else if (answer?.delivery) notify(`${name} did not take the test. ${last?.error ?? ''}`, 'danger');
    return answer?.userErrors;
  });
  const newSecret = () => attempt('given a new secret', async () => {
    const answer = (await rotate({ variables: { id } })).data?.rotateWebhookSecret;
    if (answer?.secret) onSecret(name, answer.secret);
    return answer?.userErrors;
  });
  const change = (next: boolean) => attempt('switched', async () => (await update({ variables: { input: { id, enabled: next } } })).data?.updateWebhook.userErrors);

  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
      <Switch label={`Webhook ${name}`} checked={enabled} disabled={updating.loading} onChange={(next) => void change(next)} />
      <div className="min-w-0 flex-1">
        <p className="font-medium break-words">{name} <span className="font-normal text-faint">{formats[format]}</span></p>
        <p className="text-xs break-all text-muted">{shownAddress}</p>
        {needsAddress && <p className="text-xs text-warning">It came out of a backup, which holds no secrets: change it and give it its address again.</p>}
        {previousSecretUntil && <p className="text-xs text-muted">The old secret signs, too, until <DateTime at={previousSecretUntil} />.</p>}
        {lastDelivery && (
          <p className="mt-0.5 text-xs text-muted">
            <DeliveryBadge status={lastDelivery.status} /> <TimeAgo at={lastDelivery.endedAt ?? lastDelivery.createdAt} />
            {lastDelivery.log.at(-1)?.error && <span className="break-words"> · {lastDelivery.log.at(-1)!.error}</span>}
          </p>
        )}
      </div>
      <div className="flex items-center gap-1">
        <Button size="sm" busy={testing.loading} disabled={needsAddress} onClick={() => void runTest()} aria-label={`Test ${name}`}>{!testing.loading && <Send aria-hidden />}Test</Button>
        <Menu trigger={<Button variant="ghost" size="icon" aria-label={`Actions for webhook ${name}`}><Ellipsis aria-hidden /></Button>}>
          <MenuItem onSelect={() => onEdit(webhook)}><Pencil aria-hidden />Change</MenuItem>
          <MenuItem disabled={needsAddress} onSelect={() => void newSecret()}><KeyRound aria-hidden />New secret</MenuItem>
          <MenuItem danger onSelect={() => onDelete(webhook)}><Trash2 aria-hidden />Delete</MenuItem>
        </Menu>
      </div>
    </li>
  );
}
