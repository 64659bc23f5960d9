'use client';

import { useQuery } from '@apollo/client/react';
import Link from 'next/link';
import { TryRunDocument } from '../generated/graphql';
import { formatBytes } from '../format/numbers';
import { useProjectPath } from '../shell/project-context';
import { Callout } from '../ui/callout';
import { EmptyState, PageHeader, Skeleton } from '../ui/panel';
import { PageWaiting } from '../ui/page-waiting';
import { TryModel } from './try-model';
import { useClassifier } from './use-classifier';

/** A finished run's model, run in the browser on whatever picture is given, prepared as the trainer prepares it. */
export function TryPage({ id }: { id: string }) {
  const path = useProjectPath();
  const { data, error, refetch } = useQuery(TryRunDocument, { variables: { id } });
  const run = data?.run;
  const model = run?.artifacts.find(({ kind, name }) => kind === 'MODEL' && name === 'model');
  const [loading, retry] = useClassifier(model?.files);
  if (!data) return <PageWaiting title="Try the model" error={error} retry={refetch} />;
  if (!run) return <EmptyState heading="h1" title="There is no run with this id" actions={<Link href={path('runs')} className="text-accent underline">All runs</Link>} />;

  return (
    <article className="flex flex-col gap-4">
      <nav aria-label="Breadcrumb" className="text-xs text-muted"><Link href={path('runs')} className="hover:text-ink hover:underline">Runs</Link> <span aria-hidden>/</span> <Link href={path('runs', id)} className="hover:text-ink hover:underline">{run.name}</Link> <span aria-hidden>/</span> <span aria-current="page">Try the model</span></nav>
      <PageHeader title={`Try ${run.name}`} lead="The exported model, in this browser, on your pictures." />
      {!model ? (
        <EmptyState title="This run has no model to try" actions={<Link href={path('runs', id)} className="text-accent underline">Back to the run</Link>}>
          {run.kind === 'EXTERNAL' ? 'Its script logged no artifact “model” of the kind MODEL.' : `It is ${run.status.toLowerCase()}. A run has a model once it has finished.`}
        </EmptyState>
      ) : loading === 'loading' ? (
        <div role="status"><p className="text-muted">Loading TensorFlow.js and the model ({formatBytes(model.size)}) …</p><Skeleton rows={4} /></div>
      ) : 'problem' in loading ? (
        <Callout tone="danger" title="The model could not be loaded" actions={<button type="button" onClick={retry} className="shrink-0 font-medium underline">Try again</button>}>{loading.problem}</Callout>
      ) : (
        <TryModel classifier={loading.classifier} examples={run.evaluation?.predictions.nodes ?? []} />
      )}
    </article>
  );
}
