'use client';

import { Bell, Plus, Webhook } from 'lucide-react';
import { useState } from 'react';
import { AlertsDocument, type AlertsQuery, type HookFragment, type RuleFragment } from '../generated/graphql';
import { useSeededQuery } from '../graphql/seeded-query';
import { useProject } from '../shell/project-context';
import { Button } from '../ui/button';
import { Callout, QueryError } from '../ui/callout';
import { EmptyState, PageHeader, Panel, Skeleton } from '../ui/panel';
import { DeliveryLog } from './delivery-log';
import { RuleDialog } from './rule-form';
import { RuleList } from './rule-list';
import { SecretDialog } from './secret-dialog';
import { useDeletion } from './use-deletion';
import { WebhookDialog } from './webhook-form';
import { WebhookList } from './webhook-list';

/** Which dialog is open, and of what: null is a new one. */
type Editing = { what: 'rule'; of: RuleFragment | null } | { what: 'webhook'; of: HookFragment | null } | null;

export function AlertsPage({ seed }: { seed: AlertsQuery | null }) {
  const project = useProject();
  const { data, error, refetch } = useSeededQuery(AlertsDocument, { project }, seed, { pollInterval: 5000 });
  const [editing, setEditing] = useState<Editing>(null);
  const [secret, setSecret] = useState<{ name: string; secret: string } | null>(null);
  const { last, remove, undo, forget } = useDeletion();
  const rules = data?.alertRules ?? [];
  const webhooks = data?.webhooks ?? [];
  const addWebhook = <Button onClick={() => setEditing({ what: 'webhook', of: null })}><Webhook aria-hidden />Add webhook</Button>;
  const addRule = <Button variant="primary" onClick={() => setEditing({ what: 'rule', of: null })}><Plus aria-hidden />New rule</Button>;
  const close = (open: boolean) => !open && setEditing(null);

  return (
    <div className="flex flex-col gap-4">
      <PageHeader title="Alerts" lead="Rules watch the runs of this project; webhooks carry what they find to you.">{data && (rules.length > 0 || webhooks.length > 0) && <>{addWebhook}{addRule}</>}</PageHeader>
      {last && <Callout tone="info" actions={<span className="flex gap-3"><button type="button" className="font-medium underline" onClick={undo}>Undo</button><button type="button" className="font-medium underline" onClick={forget}>Dismiss</button></span>}>The {last.what} {last.name} is deleted.</Callout>}
      {!data ? (error ? <QueryError error={error} retry={() => void refetch()} /> : <Skeleton />) : rules.length === 0 && webhooks.length === 0 ? (
        <div className="rounded-lg border">
          <EmptyState icon={<Bell />} title="Nobody is told yet when something happens here" actions={<>{addWebhook}{addRule}</>}>
            Add a webhook, such as the address of a Slack or Discord channel or of a program of yours. Then add rules: a run failed, the loss exploded, nothing was logged for half an hour.
          </EmptyState>
        </div>
      ) : (
        <>
          <Panel title="Rules" flush>
            {rules.length > 0 ? <RuleList rules={rules} onEdit={(of) => setEditing({ what: 'rule', of })} onDelete={({ id, name }) => remove({ what: 'rule', id, name })} />
              : <p className="p-3 text-muted">No rules yet. Start with one for failed runs; rules for metrics offer the names that runs of this project have logged.</p>}
          </Panel>
          <Panel title="Webhooks" flush>
            {webhooks.length > 0 ? <WebhookList webhooks={webhooks} onEdit={(of) => setEditing({ what: 'webhook', of })} onDelete={({ id, name }) => remove({ what: 'webhook', id, name })} onSecret={(name, value) => setSecret({ name, secret: value })} />
              : <p className="p-3 text-muted">No webhooks yet: alerts are recorded, on the page of each run, and sent nowhere.</p>}
          </Panel>
          <DeliveryLog rules={rules} webhooks={webhooks} />
        </>
      )}
      <RuleDialog open={editing?.what === 'rule'} onOpenChange={close} rule={editing?.what === 'rule' ? editing.of : null} webhooks={webhooks} />
      <WebhookDialog open={editing?.what === 'webhook'} onOpenChange={close} webhook={editing?.what === 'webhook' ? editing.of : null} onSecret={(name, value) => setSecret({ name, secret: value })} />
      <SecretDialog shown={secret} onClose={() => setSecret(null)} />
    </div>
  );
}
