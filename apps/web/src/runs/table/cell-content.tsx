'use client';

import { Anchor, Archive, type LucideIcon } from 'lucide-react';
import Link from 'next/link';
import { memo } from 'react';
import { RunDot } from '../../charts/run-dot';
import type { TableRunFragment } from '../../generated/graphql';
import { formatMetric, formatSetting, formatValue } from '../../format/numbers';
import { Elapsed, TimeAgo } from '../../format/time';
import { useProjectPath } from '../../shell/project-context';
import { cx } from '../../ui/cx';
import { archivedTag } from '../bulk/archived';
import { ExternalBadge } from '../external-badge';
import { epochsOf } from '../run-figures';
import { StatusBadge } from '../run-status';
import type { RunColumn } from './columns';
import { deltaOf } from './delta';
import { EditableNotes, EditableTags } from './editable-cells';

interface CellProps {
  column: RunColumn;
  run: TableRunFragment;
  baseline: TableRunFragment | null;
}

/** What a cell of the table says. */
export const CellContent = memo(function CellContent({ column, run, baseline }: CellProps) {
  if (column.kind === 'metric') return <MetricCell column={column} run={run} baseline={baseline} />;
  switch (column.id) {
    case 'name':
      return <NameCell run={run} isBaseline={baseline?.id === run.id} />;
    case 'status':
      return <StatusBadge {...run} />;
    case 'backbone':
      return run.backbone ? <span title={run.backbone.title}>{run.backbone.title}</span> : '–';
    case 'epochs':
      return <EpochsCell run={run} />;
    case 'duration':
      return <Elapsed from={run.countsFrom} seconds={run.durationSeconds} />;
    case 'created':
      return <TimeAgo at={run.createdAt} />;
    case 'started':
    case 'ended': {
      const at = column.id === 'started' ? run.startedAt : run.endedAt;
      return at ? <TimeAgo at={at} /> : '–';
    }
    case 'tags':
      return <EditableTags run={run} />;
    case 'notes':
      return <EditableNotes run={run} />;
    case 'commit':
    case 'id':
      return <code className="text-xs">{column.id === 'id' ? run.id : (run.gitCommit?.slice(0, 10) ?? '–')}</code>;
    default: {
      const value = column.value(run);
      return <span title={value === undefined ? undefined : formatValue(value)}>{formatSetting(value)}</span>;
    }
  }
});

function NameCell({ run, isBaseline }: { run: TableRunFragment; isBaseline: boolean }) {
  const path = useProjectPath();
  return (
    <span className="flex min-w-0 items-center gap-2">
      <RunDot id={run.id} />
      <Link data-row-link href={path('runs', run.id)} prefetch={false} className="min-w-0 truncate font-medium hover:underline" title={run.name}>{run.name}</Link>
      {run.kind === 'EXTERNAL' && <span className="max-sm:hidden"><ExternalBadge /></span>}
      {isBaseline && <Mark Icon={Anchor} word="baseline" />}
      {run.tags.includes(archivedTag) && <Mark Icon={Archive} word="archived" />}
    </span>
  );
}

const Mark = ({ Icon, word }: { Icon: LucideIcon; word: string }) => <span className="inline-flex shrink-0 items-center gap-1 rounded border px-1 text-xs font-normal text-muted"><Icon aria-hidden className="size-3" /><span className="max-sm:sr-only">{word}</span></span>;

function EpochsCell({ run }: { run: TableRunFragment }) {
  const { done, limit } = epochsOf(run);
  return <>{done ?? '–'}{limit !== null && <span className="text-muted"> / {limit}</span>}</>;
}

function MetricCell({ column, run, baseline }: CellProps) {
  const value = column.value(run) as number | undefined;
  const delta = baseline && baseline.id !== run.id ? deltaOf(column.key, value, column.value(baseline)) : null;
  return (
    <>
      {formatMetric(value)}
      {delta && (
        <span className={cx('ml-1.5 text-xs', delta.verdict === 'better' ? 'text-success' : delta.verdict === 'worse' ? 'text-danger' : 'text-muted')}>
          {delta.text}{delta.verdict && ` ${delta.verdict}`}
        </span>
      )}
    </>
  );
}
