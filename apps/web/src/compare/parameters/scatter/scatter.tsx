'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useMemo } from 'react';
import { EChart } from '../../../charts/echart';
import type { ChartTheme } from '../../../charts/chart-theme';
import { lowerIsBetter } from '../../../charts/metric-keys';
import { plural } from '../../../format/numbers';
import { useProjectPath } from '../../../shell/project-context';
import { SelectInput } from '../../../ui/fields';
import { EmptyState, Panel } from '../../../ui/panel';
import { ColumnPicker } from '../column-picker';
import { metricOf, telling, type Column } from '../columns';
import { RemainingRuns } from '../remaining-runs';
import type { Explored } from '../use-explored';
import { paretoFront } from './pareto';
import { rankCorrelation, sayCorrelation } from './rank-correlation';
import { scatterOption } from './scatter-option';

/** Any value of the runs against any other. */
export function Scatter({ explored }: { explored: Explored }) {
  const { runs, target, lower, address, columnOf } = explored;
  const router = useRouter();
  const path = useProjectPath();
  const x = (address.sx ? columnOf(address.sx) : null) ?? firstNumber(explored);
  const y = (address.sy ? columnOf(address.sy) : null) ?? target;
  const colour = address.colour ? columnOf(address.colour) : null;
  const size = address.size ? columnOf(address.size) : null;
  const xLower = address.xbetter ? address.xbetter === 'lower' : x ? isLowerBetter(x) : true;
  const yLower = y.id === target.id ? lower : isLowerBetter(y);
  const numbers = x?.kind === 'number' && y.kind === 'number';
  const front = useMemo(() => (address.front && x && numbers ? paretoFront({ values: x.values, lower: xLower }, { values: y.values, lower: yLower }) : null), [address.front, numbers, x, y, xLower, yLower]);

  // Runs that are read again without anything new leave the drawing as it is.
  const shape = JSON.stringify([[x, y, colour, size].map((column) => column && [column.id, column.values, explored.isLog(column)]), front, address.trend]);
  const option = useCallback((theme: ChartTheme) => scatterOption(explored, { x: x!, y, colour, size, front, trend: address.trend }, theme), [shape]);
  const on = { click: ({ data }: { data?: { place?: number } }) => { if (data?.place !== undefined) router.push(path('runs', runs[data.place]!.id)); } };
  if (!x) return <EmptyState title="Nothing to put on an axis">These runs have no number that differs. Choose runs that were launched with different values.</EmptyState>;

  const drawn = runs.filter((_, place) => x.values[place] !== null && y.values[place] !== null).length;
  const said = numbers ? sayCorrelation(x.label, y.label, rankCorrelation(x.values, y.values)) : null;
  return (
    <>
      <Panel title={`${y.label} against ${x.label}`} actions={<span className="num text-xs text-muted">{plural(drawn, 'run')}{drawn < runs.length && `, ${runs.length - drawn} without one of the two`}</span>}>
        <Controls explored={explored} x={x} y={y} xLower={xLower} numbers={numbers} />
        {drawn === 0 ? <EmptyState title="No run has both values">Choose another axis.</EmptyState> : (
          <EChart parts={['scatter', 'line']} option={option} height={420} on={on} label={`Scatter plot of ${y.label} against ${x.label}`}
            description={`${plural(drawn, 'run')} by ${x.label} from ${x.format(x.min)} to ${x.format(x.max)} and ${y.label} from ${y.format(y.min)} to ${y.format(y.max)}. ${said ?? ''}${front ? ` ${front.length} on the Pareto front, listed below.` : ''}`} />
        )}
        {address.trend && said && <p className="mt-2 max-w-3xl text-muted">{said}</p>}
        {address.trend && !numbers && <p className="mt-2 text-muted">A trend needs numbers on both axes.</p>}
      </Panel>
      {front && <RemainingRuns explored={explored} ordered places={front} columns={[x, y, ...[colour, size].filter((column): column is Column => column !== null && column !== x && column !== y)]} title={`Pareto front: ${plural(front.length, 'run')} that nothing beats in both`} />}
    </>
  );
}

const firstNumber = ({ columns }: Explored) => telling(columns).find(({ kind }) => kind === 'number') ?? columns.find(({ kind, distinct }) => kind === 'number' && distinct > 1) ?? null;

/** What costs something is better small. */
const isLowerBetter = ({ id }: Column) => lowerIsBetter(metricOf(id)?.key ?? '') ?? true;

function Controls({ explored, x, y, xLower, numbers }: { explored: Explored; x: Column; y: Column; xLower: boolean; numbers: boolean }) {
  const { columns, address, setAddress, isLog, toggleLog } = explored;
  const picker = (label: string, name: 'sx' | 'sy' | 'colour' | 'size', value: string | null, none?: string, onlyNumbers = false) => (
    <div className="flex min-w-0 flex-col gap-1">
      <span className="text-xs font-medium" aria-hidden>{label}</span>
      <ColumnPicker label={label} value={value} columns={columns} none={none} numbers={onlyNumbers} onChange={(id) => void setAddress({ [name]: id || null })} />
    </div>
  );
  const tick = (label: string, checked: boolean, onChange: () => void, disabled = false) => (
    <label className="flex items-center gap-1.5 text-xs"><input type="checkbox" checked={checked} disabled={disabled} onChange={onChange} />{label}</label>
  );
  return (
    <div className="mb-3 flex flex-col gap-2">
      <div className="grid grid-cols-2 gap-2 md:grid-cols-4">
        {picker('Across', 'sx', x.id)}
        {picker('Up', 'sy', y.id)}
        {picker('Colour', 'colour', address.colour, 'one for all')}
        {picker('Size', 'size', address.size, 'one for all', true)}
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        {x.kind === 'number' && tick('Logarithmic across', isLog(x), () => toggleLog(x), x.min <= 0)}
        {y.kind === 'number' && tick('Logarithmic up', isLog(y), () => toggleLog(y), y.min <= 0)}
        {tick('Trend', address.trend, () => void setAddress({ trend: !address.trend || null }))}
        {tick('Pareto front', address.front, () => void setAddress({ front: !address.front || null }), !numbers)}
        {address.front && numbers && (
          <SelectInput aria-label={`Which way ${x.label} is better`} className="h-7! w-56! text-xs!" value={xLower ? 'lower' : 'higher'} onChange={({ target: { value } }) => void setAddress({ xbetter: (value === 'lower') === isLowerBetter(x) ? null : (value as 'lower' | 'higher') })}>
            <option value="lower">Less {x.label} is better</option>
            <option value="higher">More {x.label} is better</option>
          </SelectInput>
        )}
      </div>
    </div>
  );
}
