'use client';

import { useSubscription } from '@apollo/client/react';
import { FolderInput } from 'lucide-react';
import { useEffect, useState } from 'react';
import { BackboneChangedDocument, BackbonesDocument, type BackbonesQuery } from '../generated/graphql';
import { useSeededQuery } from '../graphql/seeded-query';
import { Button } from '../ui/button';
import { QueryError } from '../ui/callout';
import { PageHeader, Skeleton } from '../ui/panel';
import { BackboneNotes } from './backbone-notes';
import { inOrder } from './backbone-order';
import { BackboneRow } from './backbone-row';
import { ImportBackboneDialog } from './import-backbone';

export function BackbonesPage({ seed }: { seed: BackbonesQuery | null }) {
  const { data, error, refetch, startPolling, stopPolling } = useSeededQuery(BackbonesDocument, {}, seed);
  useSubscription(BackboneChangedDocument, { ignoreResults: true });
  const [importing, setImporting] = useState<string | null>(null);
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
          <BackboneNotes backbones={data.backbones} />
          <ul aria-label="Backbones" className="rounded-lg border bg-panel">
            {inOrder(data.backbones).map((backbone) => <BackboneRow key={backbone.id} backbone={backbone} onImport={() => setImporting(backbone.name)} />)}
          </ul>
        </>
      )}
      <ImportBackboneDialog open={importing !== null} onOpenChange={(open) => setImporting(open ? '' : null)} name={importing ?? ''} />
    </div>
  );
}
