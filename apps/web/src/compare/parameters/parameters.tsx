'use client';

import { ChartScatter, Database, ListOrdered, SlidersHorizontal } from 'lucide-react';
import dynamic from 'next/dynamic';
import { lowerIsBetter } from '../../charts/metric-keys';
import { QueryError } from '../../ui/callout';
import { cx } from '../../ui/cx';
import { SelectInput } from '../../ui/fields';
import { Skeleton } from '../../ui/panel';
import type { Compared } from '../compare-page';
import { ColumnPicker } from './column-picker';
import { metricOf } from './columns';
import type { View } from './parameters-address';
import { useExplored } from './use-explored';

const loading = () => <Skeleton rows={8} />;
const ParallelCoordinates = dynamic(() => import('./parallel/parallel-coordinates').then((module) => module.ParallelCoordinates), { ssr: false, loading });
const Scatter = dynamic(() => import('./scatter/scatter').then((module) => module.Scatter), { ssr: false, loading });
const ImportanceView = dynamic(() => import('./importance/importance-view').then((module) => module.ImportanceView), { ssr: false, loading });
const LearningCurves = dynamic(() => import('./data/learning-curves').then((module) => module.LearningCurves), { ssr: false, loading });

const views: { value: View; label: string; Icon: typeof ChartScatter }[] = [
  { value: 'parallel', label: 'Parallel coordinates', Icon: SlidersHorizontal },
  { value: 'scatter', label: 'Scatter', Icon: ChartScatter },
  { value: 'importance', label: 'Importance', Icon: ListOrdered },
  { value: 'data', label: 'More data?', Icon: Database },
];

/** Which hyperparameters made the difference. */
export function Parameters({ runs }: Compared) {
  const { explored, error, refetch, targetId } = useExplored(runs);
  return (
    <>
      {explored && <TargetBar explored={explored} targetId={targetId} />}
      {error && <QueryError error={error} retry={() => void refetch()} />}
      {explored ? <Shown explored={explored} /> : !error && <Skeleton rows={10} />}
    </>
  );
}

type Props = { explored: NonNullable<ReturnType<typeof useExplored>['explored']> };

function Shown({ explored }: Props) {
  const { see } = explored.address;
  if (see === 'scatter') return <Scatter explored={explored} />;
  if (see === 'importance') return <ImportanceView explored={explored} />;
  if (see === 'data') return <LearningCurves explored={explored} />;
  return <ParallelCoordinates explored={explored} />;
}

/** What the whole tab is about, and from which side it is looked at. */
function TargetBar({ explored: { address, setAddress, columns, lower }, targetId }: Props & { targetId: string }) {
  const { key } = metricOf(targetId)!;
  const natural = lowerIsBetter(key) ?? false;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <div role="group" aria-label="What to look at" className="flex max-w-full overflow-x-auto rounded-md border border-line-strong">
        {views.map(({ value, label, Icon }) => (
          <button key={value} type="button" aria-pressed={address.see === value} onClick={() => void setAddress({ see: value })}
            className={cx('inline-flex h-8 shrink-0 items-center gap-1.5 border-r border-line-strong px-3 font-medium whitespace-nowrap -outline-offset-2 last:border-r-0 hover:bg-hover', address.see === value ? 'bg-accent-soft text-accent' : 'text-muted')}>
            <Icon aria-hidden className="size-3.5" />{label}
          </button>
        ))}
      </div>
      <div className="flex flex-wrap items-center gap-2 text-xs text-muted">
        <span>Target</span>
        <ColumnPicker label="Target metric" metrics value={targetId} columns={columns} onChange={(id) => void setAddress({ target: id === 'best:val/accuracy' ? null : id, better: null })} className="w-52!" />
        <SelectInput aria-label="Which way the target is better" className="w-40!" value={lower ? 'lower' : 'higher'}
          onChange={({ target: { value } }) => void setAddress({ better: (value === 'lower') === natural ? null : (value as 'lower' | 'higher') })}>
          <option value="higher">Higher is better</option>
          <option value="lower">Lower is better</option>
        </SelectInput>
      </div>
    </div>
  );
}
