'use client';

import { useQuery } from '@apollo/client/react';
import Link from 'next/link';
import { useState } from 'react';
import { AlertLogDocument, type AlertDeliveryStatus, type AlertsQuery } from '../generated/graphql';
import { TimeAgo } from '../format/time';
import { useProject, useProjectPath } from '../shell/project-context';
import { Button } from '../ui/button';
import { QueryError } from '../ui/callout';
import { SelectInput } from '../ui/fields';
import { Panel, Skeleton } from '../ui/panel';
import { DeliveryDialog } from './delivery-dialog';
import { DeliveryBadge, deliveryLabel, deliveryStatuses } from './delivery-status';

const page = 25;

export function DeliveryLog({ rules, webhooks }: { rules: AlertsQuery['alertRules']; webhooks: AlertsQuery['webhooks'] }) {
  const project = useProject();
  const path = useProjectPath();
  const [status, setStatus] = useState<AlertDeliveryStatus | ''>('');
  const [webhookId, setWebhookId] = useState('');
  const [ruleId, setRuleId] = useState('');
  const [first, setFirst] = useState(page);
  const [opened, setOpened] = useState<string | null>(null);
  const { data, previousData, error, refetch } = useQuery(AlertLogDocument, {
    variables: { project, first, statuses: status ? [status] : null, webhookId: webhookId || null, ruleId: ruleId || null },
    pollInterval: 3000,
  });
  const log = (data ?? previousData)?.alertDeliveries;
  const filtered = Boolean(status || webhookId || ruleId);

  const filters = (
    <div className="flex w-full flex-wrap gap-2 sm:w-auto">
      <SelectInput aria-label="Status" className="w-auto! flex-1 pr-7! sm:flex-none" value={status} onChange={(event) => setStatus(event.target.value as AlertDeliveryStatus | '')}>
        <option value="">Any status</option>{deliveryStatuses.map((each) => <option key={each} value={each}>{deliveryLabel(each)}</option>)}
      </SelectInput>
      <SelectInput aria-label="Webhook" className="w-auto! max-w-44 flex-1 pr-7! sm:flex-none" value={webhookId} onChange={(event) => setWebhookId(event.target.value)}>
        <option value="">Any webhook</option>{webhooks.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
      </SelectInput>
      <SelectInput aria-label="Rule" className="w-auto! max-w-44 flex-1 pr-7! sm:flex-none" value={ruleId} onChange={(event) => setRuleId(event.target.value)}>
        <option value="">Any rule</option>{rules.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
      </SelectInput>
    </div>
  );
  return (
    <Panel title="Messages" flush actions={filters}>
      {!log ? (error ? <QueryError error={error} retry={() => void refetch()} /> : <Skeleton rows={3} />) : log.nodes.length === 0 ? (
        <p className="p-3 text-muted">{filtered ? 'No message matches.' : 'Nothing was sent yet. Press Test beside a webhook to send a message through it.'}</p>
      ) : (
        <>
          <table className="grid-table" aria-label="Messages">
            <thead><tr><th scope="col">Status</th><th scope="col">About</th><th scope="col">To</th><th scope="col">Answer</th><th scope="col" className="right">Attempts</th><th scope="col" className="right">Written</th><th scope="col"><span className="sr-only">Details</span></th></tr></thead>
            <tbody>
              {log.nodes.map((delivery) => (
                <tr key={delivery.id} className="hover:bg-hover">
                  <td><DeliveryBadge status={delivery.status} /></td>
                  <td className="min-w-48">{delivery.alert ? <><Link href={path('runs', delivery.alert.run.id)} className="font-medium hover:underline">{delivery.alert.run.name}</Link> <span className="text-muted">{delivery.alert.text}</span></> : <span className="text-muted">Test</span>}</td>
                  <td className="whitespace-nowrap">{delivery.webhook.name}</td>
                  <td className="num whitespace-nowrap">{delivery.log.length === 0 ? '–' : (delivery.log.at(-1)!.status ?? 'none')}</td>
                  <td className="right">{delivery.attempts}</td>
                  <td className="right whitespace-nowrap"><TimeAgo at={delivery.createdAt} /></td>
                  <td className="right"><Button size="sm" onClick={() => setOpened(delivery.id)} aria-label={`Details of the message about ${delivery.alert ? `${delivery.alert.run.name} ${delivery.alert.text}` : 'a test'}`}>Details</Button></td>
                </tr>
              ))}
            </tbody>
          </table>
          {log.pageInfo.hasNextPage && <div className="flex justify-center border-t p-2"><Button size="sm" onClick={() => setFirst(Math.min(1000, first + 100))}>Show older ones</Button></div>}
        </>
      )}
      <DeliveryDialog delivery={log?.nodes.find(({ id }) => id === opened) ?? null} onClose={() => setOpened(null)} />
    </Panel>
  );
}
