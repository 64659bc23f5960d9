'use client';

import type { ECharts } from 'echarts/core';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { EChart } from '../../../charts/echart';
import type { ChartTheme } from '../../../charts/chart-theme';
import { formatCount } from '../../../format/numbers';
import { useProjectPath } from '../../../shell/project-context';
import { Button } from '../../../ui/button';
import { EmptyState, Panel } from '../../../ui/panel';
import { useNarrow } from '../../../ui/use-narrow';
import { readFilters, remaining, writeFilters, type Filter, type Filters } from '../filters';
import { RemainingRuns } from '../remaining-runs';
import type { Explored } from '../use-explored';
import { AxesEditor } from './axes-editor';
import { filterOf, intervalsOf, parallelOption } from './parallel-option';

/** px between axes, at least: so much do their names need. */
const pitch = 96;

interface Selected { parallelAxisId?: string; parallelAxisIndex?: number; intervals: [number, number][] }

/** Every run a line; stretches marked on the axes leave the runs that pass all of them. */
export function ParallelCoordinates({ explored }: { explored: Explored }) {
  const { runs, axes, target, address, setAddress, columnOf } = explored;
  const router = useRouter();
  const path = useProjectPath();
  const narrow = useNarrow();
  const filters = useMemo(() => readFilters(address.pass), [address.pass]);
  const filtered = Object.keys(filters).flatMap((id) => columnOf(id) ?? []);
  const left = useMemo(() => remaining(filtered, filters, runs.length), [filtered.map(({ id }) => id).join(), filters, runs.length, filtered.length]);
  const setFilter = (id: string, filter: Filter | null) => {
    const { [id]: _gone, ...rest } = filters;
    void setAddress({ pass: writeFilters(filter ? { ...rest, [id]: filter } : rest) || null });
  };

  // Filters, and runs that are read again without anything new, leave the drawing as it is.
  const shape = JSON.stringify([axes.map((column) => [column.id, explored.isLog(column), column.values]), target.id, target.values, narrow]);
  const option = useCallback((theme: ChartTheme) => parallelOption(explored, theme, narrow), [shape]);
  const chart = useRef<ECharts | null>(null);
  const mark = useCallback((live: ECharts) => {
    chart.current = live;
    axes.forEach((column, dim) => live.dispatchAction({ type: 'axisAreaSelect', parallelAxisId: `axis${dim}`, intervals: filters[column.id] ? intervalsOf(column, filters[column.id]!) : [] }, { silent: true }));
  }, [shape, address.pass]);
  useEffect(() => { if (chart.current && !chart.current.isDisposed()) mark(chart.current); }, [mark]);
  const on = {
    axisareaselected: ({ parallelAxisId, intervals }: Selected) => {
      const column = axes[Number(String(parallelAxisId).replace('axis', ''))];
      if (column) setFilter(column.id, filterOf(column, intervals ?? []));
    },
    click: ({ dataIndex }: { dataIndex?: number }) => { if (dataIndex !== undefined) router.push(path('runs', runs[dataIndex]!.id)); },
  };

  return (
    <>
      <Panel title={`${formatCount(left.length)} of ${formatCount(runs.length)} runs`} actions={Object.keys(filters).length > 0 && <Button size="sm" variant="ghost" onClick={() => void setAddress({ pass: null })}>Clear filters</Button>}>
        {axes.length < 2 ? (
          <EmptyState title="Parallel coordinates need two axes">Add an axis below. What is the same in all runs has nothing to show.</EmptyState>
        ) : (
          <div className="overflow-x-auto" tabIndex={0} role="region" aria-label="Parallel coordinates, scrolls">
            <EChart parts={['parallel']} option={option} height={narrow ? 300 : 380} label="Parallel coordinates" minWidth={axes.length * pitch} on={on} onDrawn={mark}
              description={`${runs.length} runs as lines over ${axes.map(({ label }) => label).join(', ')}, coloured by ${target.label}. ${saidFilters(filters)}${left.length} runs pass. The filters below do the same as marking an axis, and the table below lists the runs.`} />
          </div>
        )}
        <p className="mt-1 text-xs text-faint">Drag along an axis to keep the runs that pass there; click the axis to clear it. Click a line to open its run. Colour is {target.label}.</p>
      </Panel>
      <AxesEditor explored={explored} filters={filters} setFilter={setFilter} />
      <RemainingRuns explored={explored} places={left} columns={axes} title={`${formatCount(left.length)} runs remain`} />
    </>
  );
}

const saidFilters = (filters: Filters) => (Object.keys(filters).length > 0 ? `Filtered by ${Object.keys(filters).join(', ')}. ` : '');
