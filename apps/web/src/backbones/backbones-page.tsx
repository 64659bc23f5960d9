'use client';

import { useSubscription } from '@apollo/client/react';
import { FolderInput } from 'lucide-react';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useCallback, useEffect, useState } from 'react';
import { BackboneChangedDocument, BackbonesDocument, type BackbonesQuery } from '../generated/graphql';
import { useSeededQuery } from '../graphql/seeded-query';
import { Button } from '../ui/button';
import { QueryError } from '../ui/callout';
import { SelectInput } from '../ui/fields';
import { PageHeader, Skeleton } from '../ui/panel';
import { BackboneNotes } from './backbone-notes';
import { inOrder, orders, type Order } from './backbone-order';
import { BackbonePlot } from './backbone-plot';
import { BackboneRow } from './backbone-row';
import { ImportBackboneDialog } from './import-backbone';

export function BackbonesPage({ seed }: { seed: BackbonesQuery | null }) {
  const { data, error, refetch, startPolling, stopPolling } = useSeededQuery(BackbonesDocument, {}, seed);
  useSubscription(BackboneChangedDocument, { ignoreResults: true });
  const [importing, setImporting] = useState<string | null>(null);
  const [order, setOrder] = useQueryState('sort', parseAsStringLiteral(Object.keys(orders) as Order[]).withDefault('source').withOptions({ history: 'replace' }));
  const choose = useCallback((name: string) => document.getElementById(`backbone-${name}`)?.focus(), []);
  const fetching = data?.backbones.some(({ status }) => status === 'FETCHING') ?? false;
  useEffect(() => {
    if (!fetching) return;
    startPolling(2000);
    return stopPolling;
  }, [fetching, startPolling, stopPolling]);

  return (
    <div className="flex flex-col gap-4">
      <PageHeader title="Backbones" lead="Pretrained networks to start from. Those of the catalogue are downloaded once, checked and kept.">
        <Button onClick={() => setImporting('')}><FolderInput aria-hidden />Import backbone</Button>
      </PageHeader>
      {!data ? (error ? <QueryError error={error} retry={() => void refetch()} /> : <Skeleton />) : (
        <>
          <BackbonePlot backbones={data.backbones} onChoose={choose} />
          <BackboneNotes backbones={data.backbones} />
          <label className="-mb-2 flex items-center gap-2 text-xs text-muted">Order <SelectInput value={order} onChange={(event) => void setOrder(event.target.value as Order)} className="h-7! w-48! text-xs!">{Object.entries(orders).map(([value, { label }]) => <option key={value} value={value}>{label}</option>)}</SelectInput></label>
          <ul aria-label="Backbones" className="rounded-lg border bg-panel">
            {inOrder(data.backbones, order).map((backbone) => <BackboneRow key={backbone.id} backbone={backbone} onImport={() => setImporting(backbone.name)} />)}
          </ul>
        </>
      )}
      <ImportBackboneDialog open={importing !== null} onOpenChange={(open) => setImporting(open ? '' : null)} name={importing ?? ''} />
    </div>
  );
}
