'use client';

import { useCallback } from 'react';
import { EChart } from '../../../charts/echart';
import type { ChartTheme } from '../../../charts/chart-theme';
import { plural } from '../../../format/numbers';
import { Panel } from '../../../ui/panel';
import type { Column } from '../columns';
import type { Explored } from '../use-explored';
import type { Analysis } from './analyse';
import { dependenceOption } from './dependence-option';
import { emptyStretches, type Dependence } from './partial-dependence';

/** How the forest expects the target to follow the most important values. */
export function DependenceCharts({ analysis, explored }: { analysis: Analysis; explored: Explored }) {
  const { dependences } = analysis;
  const all = dependences.flatMap(({ points }) => points);
  const low = Math.min(...all.map((point) => point.low));
  const high = Math.max(...all.map((point) => point.high));
  return (
    <Panel title={`How ${explored.target.label} is expected to follow them`}>
      <p className="mb-2 text-xs text-muted">Line or bar: the mean over runs when only this value is changed. Band or whiskers: from the lowest to the highest tenth of them. Ticks below: where runs are.</p>
      <ul className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        {dependences.map((dependence) => {
          const column = explored.columnOf(dependence.id);
          return column && <li key={dependence.id} className="min-w-0"><Chart dependence={dependence} column={column} range={[low, high]} explored={explored} /></li>;
        })}
      </ul>
    </Panel>
  );
}

function Chart({ dependence, column, range: [low, high], explored: { target, isLog } }: { dependence: Dependence; column: Column; range: [number, number]; explored: Explored }) {
  const log = isLog(column);
  const option = useCallback((theme: ChartTheme) => dependenceOption(dependence, column, target, [low, high], log, theme), [dependence, column, target, low, high, log]);
  const { points } = dependence;
  const best = points.reduce((a, b) => (b.mean > a.mean ? b : a));
  const worst = points.reduce((a, b) => (b.mean < a.mean ? b : a));
  const empty = column.kind === 'number' ? emptyStretches(column.values.filter((value): value is number => typeof value === 'number'), log ? Math.log10 : (value) => value) : [];
  const thin = column.kind === 'category' ? points.filter(({ runs }) => runs < 3) : [];
  return (
    <>
      <h3 className="text-xs font-medium">{column.label}{log && <span className="font-normal text-faint"> (logarithmic)</span>}</h3>
      <EChart parts={column.kind === 'category' ? ['bar'] : ['line', 'scatter']} option={option} height={190} label={`Partial dependence of ${target.label} on ${column.label}`}
        description={`Highest, ${target.format(best.mean)}, at ${column.format(best.at)}; lowest, ${target.format(worst.mean)}, at ${column.format(worst.at)}.`} />
      {empty.length > 0 && <p className="text-xs text-warning">No runs between {empty.map(([from, to]) => `${column.format(from)} and ${column.format(to)}`).join(', ')}: there the line is a guess.</p>}
      {thin.length > 0 && <p className="text-xs text-warning">Fewer than three runs: {thin.map(({ at, runs }) => `${at} (${plural(runs, 'run')})`).join(', ')}.</p>}
    </>
  );
}
