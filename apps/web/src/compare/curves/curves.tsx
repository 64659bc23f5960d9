'use client';

import { Plus } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { useCallback, useMemo, useState } from 'react';
import type { ChartLines } from '../../charts/chart-lines';
import { chartOptionsOf } from '../../charts/chart-address';
import { ChartSettings } from '../../charts/chart-settings';
import type { DrawnLine } from '../../charts/drawn-line';
import { createHover } from '../../charts/hover';
import { sortMetricKeys } from '../../charts/metric-keys';
import { MetricsPicker } from '../../charts/metric-picker';
import { SmoothingSlider } from '../../charts/smoothing-slider';
import { useKeys } from '../../charts/use-keys';
import { epochLog } from '../../runs/epoch-log';
import { Button } from '../../ui/button';
import { EmptyState } from '../../ui/panel';
import type { Compared } from '../compare-page';
import { mostNamed } from '../selection';
import { curvesAddress, curvesKeys, defaultHeight } from './curves-address';
import { CurvePanel } from './curve-panel';
import { RunList } from './run-list';

const noLines: readonly DrawnLine[] = [];

/** The runs' metrics over each other: a chart for each, all pointed at, zoomed and smoothed together. */
export function Curves({ runs }: Compared) {
  const [state, setState] = useQueryStates(curvesAddress, { history: 'replace', urlKeys: curvesKeys });
  const { metric: named, smoothing, height, alone } = state;
  const common = useMemo(() => sortMetricKeys(runs.flatMap((run) => [...run.finalMetrics, ...run.metrics].map(({ key }) => key))), [runs]);
  const first = useFirstMetrics(common);
  const metrics = named ?? first;
  const [hover] = useState(createHover);
  const [lines, setLines] = useState(noLines);
  const options = chartOptionsOf(state);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(() => hiddenFrom(runs, state));
  const hide = (next: ReadonlySet<string>) => {
    setHidden(next);
    change(hiddenAddress(runs, next));
  };
  const zoom = state.zoom?.length === 2 ? ([state.zoom[0]!, state.zoom[1]!] as const) : null;
  const change = useCallback((next: Parameters<typeof setState>[0]) => void setState(next), [setState]);
  const onDrawn = useCallback((drawn: ChartLines) => setLines(drawn.lines), []);
  const shown = alone && metrics.includes(alone) ? [alone] : metrics;
  const setMetrics = (next: string[]) => change({ metric: next, ...(alone && !next.includes(alone) && { alone: null }) });
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <MetricsPicker label="Charts" values={metrics} onChange={setMetrics} common={common} trigger={<Button size="sm"><Plus aria-hidden />Charts</Button>} />
        <ChartSettings options={options} onChange={(changed) => change({ ...changed, ...(changed.xAxis && { zoom: null }) })} />
        <div className="w-44"><SmoothingSlider value={smoothing} onChange={(value) => change({ smoothing: value })} /></div>
        {zoom && <Button size="sm" onClick={() => change({ zoom: null })}>Show the whole axis</Button>}
        {height !== defaultHeight && <Button size="sm" variant="ghost" onClick={() => change({ height: null })}>Usual height</Button>}
      </div>
      {metrics.length === 0 && <div className="rounded-lg border"><EmptyState title="No chart is chosen">Press Charts above, and type a part of a metric’s key.</EmptyState></div>}
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_18rem]">
        <div className={shown.length > 1 ? 'grid min-w-0 gap-4 lg:grid-cols-2' : 'grid min-w-0 gap-4'}>
          {shown.map((metric, place) => (
            <CurvePanel key={metric} runs={runs} metric={metric} options={options} height={alone ? Math.max(height, 520) : height} onHeight={(next) => change({ height: next })} revision={epochLog(runs)}
              hidden={hidden} hover={hover} zoom={zoom} onZoom={(next) => change({ zoom: next ? [...next] : null })} onDrawn={place === 0 ? onDrawn : undefined}
              alone={alone === metric} onAlone={(on) => change({ alone: on ? metric : null })}
              onMove={{ before: place > 0 ? () => setMetrics(swapped(metrics, place - 1)) : undefined, after: place + 1 < shown.length ? () => setMetrics(swapped(metrics, place)) : undefined }}
              onRemove={() => setMetrics(metrics.filter((key) => key !== metric))} />
          ))}
        </div>
        {metrics.length > 0 && <RunList runs={runs} groupBy={options.groupBy} metric={shown[0]!} lines={lines} inPart={zoom !== null} hidden={hidden} onHidden={hide} hover={hover} />}
      </div>
    </div>
  );
}

/** Whichever of the two is short stands in the address; when both are long, neither does. */
function hiddenAddress(runs: Compared['runs'], hidden: ReadonlySet<string>): { hidden: string[] | null; visible: string[] | null } {
  const visible = runs.map(({ id }) => id).filter((id) => !hidden.has(id));
  if (hidden.size > 0 && hidden.size <= mostNamed) return { hidden: [...hidden], visible: null };
  return { hidden: null, visible: hidden.size > 0 && visible.length <= mostNamed ? visible : null };
}

function hiddenFrom(runs: Compared['runs'], { hidden, visible }: { hidden: string[] | null; visible: string[] | null }): ReadonlySet<string> {
  return new Set(hidden ?? (visible ? runs.map(({ id }) => id).filter((id) => !visible.includes(id)) : []));
}

/** With its neighbour behind. */
const swapped = (keys: readonly string[], place: number) => keys.map((key, index) => (index === place ? keys[place + 1]! : index === place + 1 ? keys[place]! : key));

const firstCharts = 2;
const told = ['val/accuracy', 'val/loss', 'train/accuracy', 'train/loss'];

/** Before anybody chose: what validation told, or else the first metrics of the project. */
function useFirstMetrics(common: readonly string[]): string[] {
  const known = common.filter((key) => told.includes(key)).slice(0, firstCharts);
  const { keys } = useKeys('METRIC', known.length === 0);
  return known.length > 0 ? known : keys.filter((key) => !key.startsWith('system/')).slice(0, firstCharts);
}
