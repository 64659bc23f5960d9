'use client';

import { createColumnHelper, createSortedRowModel, rowSortingFeature, sortFn_alphanumeric, sortFn_basic, sortFn_text, tableFeatures } from '@tanstack/react-table';
import Link from 'next/link';
import { RunDot } from '../charts/run-dot';
import type { RunRowFragment } from '../generated/graphql';
import { formatMetric } from '../format/numbers';
import { Elapsed, TimeAgo } from '../format/time';
import { useProjectPath } from '../shell/project-context';
import { ExternalBadge } from './external-badge';
import { bestAccuracy, durationOf, epochsOf, freezeOf, validationLoss } from './run-figures';
import { statuses, StatusBadge } from './run-status';

export const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, text: sortFn_text, basic: sortFn_basic },
});

const helper = createColumnHelper<typeof features, RunRowFragment>();
const last = { sortUndefined: 'last' } as const;

/** Columns by id; the ids are what the address calls them. */
export const runColumns = helper.columns([
  helper.accessor('name', { id: 'name', header: 'Name', sortFn: 'alphanumeric', cell: ({ row }) => <NameCell run={row.original} /> }),
  helper.accessor((run) => statuses.indexOf(run.status), { id: 'status', header: 'Status', sortFn: 'basic', cell: ({ row }) => <StatusBadge {...row.original} /> }),
  helper.accessor((run) => freezeOf(run), { id: 'freeze', header: 'Freeze', sortFn: 'text', cell: ({ getValue }) => <span className="whitespace-nowrap">{getValue()}</span> }),
  helper.accessor((run) => run.backbone?.title, { id: 'backbone', header: 'Backbone', ...last, sortFn: 'text', cell: ({ getValue }) => <span className="block max-w-44 truncate" title={getValue()}>{getValue() ?? '–'}</span> }),
  helper.accessor((run) => run.dataset?.dataset.name, { id: 'dataset', header: 'Dataset', ...last, sortFn: 'text', cell: ({ row: { original: run } }) => <span className="whitespace-nowrap">{run.dataset?.dataset.name ?? '–'}{run.dataset && run.dataset.version > 1 ? ` v${run.dataset.version}` : ''}</span> }),
  helper.accessor((run) => epochsOf(run).done ?? undefined, { id: 'epochs', header: 'Epochs', ...last, sortFn: 'basic', meta: { right: true }, cell: ({ row }) => <EpochsCell run={row.original} /> }),
  helper.accessor((run) => bestAccuracy(run) ?? undefined, { id: 'val/accuracy', header: 'val/accuracy', ...last, sortFn: 'basic', meta: { right: true }, cell: ({ getValue }) => formatMetric(getValue()) }),
  helper.accessor((run) => validationLoss(run) ?? undefined, { id: 'val/loss', header: 'val/loss', ...last, sortFn: 'basic', meta: { right: true }, cell: ({ getValue }) => formatMetric(getValue()) }),
  helper.accessor((run) => durationOf(run) ?? undefined, { id: 'duration', header: 'Duration', ...last, sortFn: 'basic', meta: { right: true }, cell: ({ row: { original: run } }) => <Elapsed startedAt={run.startedAt} endedAt={run.endedAt} seconds={run.durationSeconds} /> }),
  helper.accessor((run) => Date.parse(run.createdAt), { id: 'created', header: 'Created', sortFn: 'basic', meta: { right: true }, cell: ({ row }) => <TimeAgo at={row.original.createdAt} /> }),
]);

export const isRightAligned = (meta: unknown) => Boolean((meta as { right?: boolean } | undefined)?.right);

function NameCell({ run }: { run: RunRowFragment }) {
  const path = useProjectPath();
  return (
    <span className="flex min-w-36 items-center gap-2">
      <RunDot id={run.id} />
      <Link data-row-link href={path('runs', run.id)} className="max-w-56 truncate font-medium hover:underline" title={run.name}>{run.name}</Link>
      {run.kind === 'EXTERNAL' && <ExternalBadge />}
    </span>
  );
}

function EpochsCell({ run }: { run: RunRowFragment }) {
  const { done, limit } = epochsOf(run);
  return <>{done ?? '–'}{limit !== null && <span className="text-muted"> / {limit}</span>}</>;
}
