'use client';

import { useMutation } from '@apollo/client/react';
import { Copy, WandSparkles } from 'lucide-react';
import Link from 'next/link';
import { RunDot } from '../charts/run-dot';
import { UpdateRunDocument, type RunDetailFragment, type RunPageQuery } from '../generated/graphql';
import { formatMetric } from '../format/numbers';
import { Elapsed, TimeAgo } from '../format/time';
import { ExternalBadge } from '../runs/external-badge';
import { RunButtons } from '../runs/run-actions';
import { epochsOf } from '../runs/run-figures';
import { StatusBadge } from '../runs/run-status';
import { useProjectPath } from '../shell/project-context';
import { ButtonLink } from '../ui/button';
import { EditableText } from './editable-text';
import { Figure } from './figure';
import { headerFigures } from './header-figures';

export function RunHeader({ run, children }: { run: RunDetailFragment; children: RunPageQuery['children']['nodes'] }) {
  const path = useProjectPath();
  const [update] = useMutation(UpdateRunDocument);
  const save = async (part: { name?: string; tags?: string[]; notes?: string }) => {
    try {
      const { data } = await update({ variables: { input: { id: run.id, ...part } } });
      return data?.updateRun.userErrors.map(({ message }) => message).join(' ') || null;
    } catch (error) {
      return (error as Error).message;
    }
  };
  const { done, limit } = epochsOf(run);

  return (
    <header className="flex flex-col gap-3">
      <nav aria-label="Breadcrumb" className="text-xs text-muted"><Link href={path('runs')} className="hover:text-ink hover:underline">Runs</Link> <span aria-hidden>/</span> <span aria-current="page">{run.name}</span></nav>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="flex min-w-0 items-center gap-2 text-lg font-semibold tracking-tight">
          <RunDot id={run.id} />
          <EditableText value={run.name} label="Run name" draftKey={`run:${run.id}:name`} onSave={(name) => save({ name })} className="text-lg font-semibold" />
        </h1>
        <StatusBadge {...run} />
        {run.kind === 'EXTERNAL' && <ExternalBadge />}
        <span className="ml-auto flex flex-wrap gap-2">
          <RunButtons run={run} />
          {run.artifacts.some(({ kind, name }) => kind === 'MODEL' && name === 'model') && <ButtonLink href={path('runs', run.id, 'try')}><WandSparkles aria-hidden />Try the model</ButtonLink>}
          {run.kind === 'MANAGED' && <ButtonLink href={`${path('runs', 'new')}?clone=${run.id}`}><Copy aria-hidden />Clone</ButtonLink>}
        </span>
      </div>
      <dl className="flex flex-wrap gap-x-10 gap-y-3 rounded-lg border px-4 py-3">
        {headerFigures(run).map(({ key, of, value }) => <Figure key={key} name={key} of={of} value={formatMetric(value)} />)}
        {run.kind === 'MANAGED' && <Figure name="Epochs" value={`${done ?? '–'}${limit ? ` / ${limit}` : ''}`} />}
        {run.bestEpoch !== null && run.bestEpoch !== undefined && <Figure name="Best epoch" value={String(run.bestEpoch)} />}
        <div><dt className="text-xs text-muted">Duration</dt><dd className="num text-xl font-semibold tracking-tight"><Elapsed from={run.countsFrom} seconds={run.durationSeconds} /></dd></div>
      </dl>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 md:grid-cols-[auto_1fr_auto_1fr]">
        {run.dataset && <Fact name="Dataset"><Link className="font-medium hover:underline" href={path('datasets', run.dataset.dataset.name)}>{run.dataset.dataset.name}</Link> <span className="text-faint">version {run.dataset.version}</span></Fact>}
        {run.backbone && <Fact name="Backbone"><Link className="font-medium hover:underline" href={path('backbones')}>{run.backbone.title}</Link></Fact>}
        <Fact name="Created"><TimeAgo at={run.createdAt} /></Fact>
        {run.kind === 'MANAGED' && <Fact name="Trained on">{run.backend ?? run.trainer?.backend ?? '–'}{run.trainer ? <span className="text-faint"> by {run.trainer.name}</span> : null}</Fact>}
        {run.parentRun && <Fact name={run.kind === 'EXTERNAL' ? 'Goes on from' : 'Cloned from'}><Link className="font-medium hover:underline" href={path('runs', run.parentRun.id)}>{run.parentRun.name}</Link>{' '}<Link className="text-accent hover:underline" href={`${path('compare')}?runs=${run.parentRun.id},${run.id}`}>Compare with parent</Link></Fact>}
        {children.length > 0 && <Fact name="Clones"><span className="flex flex-wrap gap-x-3">{children.map(({ id, name }) => <Link key={id} className="font-medium hover:underline" href={path('runs', id)}>{name}</Link>)}</span></Fact>}
        <Fact name="Tags"><EditableText value={run.tags.join(', ')} label="Tags" draftKey={`run:${run.id}:tags`} placeholder="Add tags" onSave={(tags) => save({ tags: tags.split(/[\s,]+/).filter(Boolean) })} /></Fact>
        <Fact name="Notes"><EditableText multiline value={run.notes ?? ''} label="Notes" draftKey={`run:${run.id}:notes`} placeholder="Add notes" onSave={(notes) => save({ notes })} /></Fact>
      </dl>
    </header>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return <><dt className="text-muted">{name}</dt><dd className="min-w-0">{children}</dd></>;
}
