'use client';

import { useQuery } from '@apollo/client/react';
import { BellRing } from 'lucide-react';
import Link from 'next/link';
import { RunAlertsDocument } from '../generated/graphql';
import { TimeAgo } from '../format/time';
import { useProjectPath } from '../shell/project-context';
import { Panel } from '../ui/panel';
import { DeliveryBadge } from './delivery-status';

/** What rules have told about a run; nothing while they have not. live: it may still come to more. */
export function RunAlerts({ runId, live }: { runId: string; live: boolean }) {
  const path = useProjectPath();
  const { data } = useQuery(RunAlertsDocument, { variables: { id: runId }, pollInterval: live ? 5000 : 0 });
  const alerts = data?.run?.alerts ?? [];
  if (alerts.length === 0) return null;
  return (
    <Panel title="Alerts" flush actions={<Link href={path('alerts')} className="text-accent hover:underline">Rules</Link>}>
      <ul aria-label="Alerts" className="max-h-60 divide-y overflow-y-auto">
        {alerts.map(({ id, at, text, rule, deliveries }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-1.5">
            <BellRing aria-hidden className="size-3.5 shrink-0 text-warning" />
            <span className="min-w-0 flex-1 break-words"><strong className="font-medium">{text}</strong>{!text.startsWith(rule.name) && <span className="text-muted"> · {rule.name}</span>}</span>
            {deliveries.map((delivery) => <span key={delivery.id} className="text-xs" title={`to ${delivery.webhook.name}`}><DeliveryBadge status={delivery.status} /></span>)}
            <span className="text-xs whitespace-nowrap text-muted"><TimeAgo at={at} /></span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
