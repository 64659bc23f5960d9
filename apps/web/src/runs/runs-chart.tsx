'use client';

import dynamic from 'next/dynamic';
import { useMemo, useRef } from 'react';
import { chartOptionsOf } from '../charts/chart-address';
import { sortMetricKeys } from '../charts/metric-keys';
import type { TableRunFragment } from '../generated/graphql';
import { Panel, Skeleton } from '../ui/panel';
import { epochLog } from './epoch-log';
import type { RunsTable } from './use-runs-table';

// Rows are what people come for: the chart’s code is read after them, and its place is as high as the chart with a line of names, so that nothing moves under the pointer.
const MetricOverlay = dynamic(() => import('../charts/metric-overlay').then((module) => module.MetricOverlay), { ssr: false, loading: () => <Panel title="Metrics"><div style={{ height: 231 }}><Skeleton rows={6} /></div></Panel> });

const overlayed = 10;
const commonMetrics = sortMetricKeys(['val/accuracy', 'val/loss', 'train/accuracy', 'train/loss', 'lr', 'throughput']);

/** One metric of the runs that are ticked, or of the first ones, above the table. */
export function RunsChart({ table, held }: { table: RunsTable; held: readonly TableRunFragment[] }) {
  const { selection: { selected }, isHidden, address, change } = table;
  const charted = useMemo(() => {
    const shown = held.filter(({ id }) => !isHidden(id));
    return selected.size > 0 ? shown.filter(({ id }) => selected.has(id)).slice(0, 100) : shown.slice(0, overlayed);
  }, [held, selected, isHidden]);
  const note = selected.size > 0 ? (charted.length < selected.size ? `${charted.length} of ${selected.size} selected, as far as they are in sight` : `${selected.size} selected`) : charted.length < (table.total ?? 0) ? `The first ${charted.length}; select runs to choose` : undefined;
  const box = useRef<HTMLDivElement>(null);
  // As high as with the runs that were drawn until now: what is below, such as the search field, stays where it is.
  const height = useMemo(() => (charted.length === 0 ? box.current?.offsetHeight : undefined), [charted.length === 0]);
  return <div ref={box} className="grid grid-cols-1" style={{ minHeight: height }}><MetricOverlay runs={charted} metric={address.metric} metrics={commonMetrics} onMetric={(metric) => change({ metric })} options={chartOptionsOf(address)} onOptions={change} revision={epochLog(charted)} note={note} height={220} /></div>;
}
