'use client';

import { useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { chartAddress, chartKeys } from '../charts/chart-address';
import { LineChart, type Line } from '../charts/line-chart';
import type { Points } from '../charts/points';
import { SmoothingSlider } from '../charts/smoothing-slider';
import { useSeries } from '../charts/use-series';
import { formatMetric } from '../format/numbers';
import type { RunDetailFragment } from '../generated/graphql';
import { epochLog } from '../runs/epoch-log';
import { isActive } from '../runs/run-status';
import { QueryError } from '../ui/callout';
import { Panel, Skeleton } from '../ui/panel';
import type { Curve } from './curves-of';

const [train, val] = [{ colour: 'var(--run-1)', dash: [5, 4] }, { colour: 'var(--run-0)' }];
const trainingCurves: Curve[] = [
  { title: 'Loss', lines: [{ key: 'train/loss', label: 'train', ...train }, { key: 'val/loss', label: 'validation', ...val }] },
  { title: 'Accuracy', lines: [{ key: 'train/accuracy', label: 'train', ...train }, { key: 'val/accuracy', label: 'validation', ...val }] },
  { title: 'Learning rate', lines: [{ key: 'lr', label: 'lr', colour: 'var(--run-2)' }] },
];
/** Fewer points are read as they are. */
const worthSmoothing = 30;

/** What the run has learned so far, moving while it trains. */
export function RunCurves({ run, curves = trainingCurves }: { run: RunDetailFragment; curves?: readonly Curve[] }) {
  const keys = useMemo(() => curves.flatMap(({ lines }) => lines.map(({ key }) => key)), [curves]);
  const runIds = useMemo(() => [run.id], [run.id]);
  const [smoothing, setSmoothing] = useQueryState(chartKeys.smoothing, chartAddress.smoothing.withOptions({ history: 'replace' }));
  const { series, loaded, error, reload } = useSeries({ runIds, keys, activeIds: isActive(run.status) ? runIds : [], revision: epochLog([run]), smoothing });
  const points = series.get(run.id);
  const held = [...(points?.values() ?? [])];
  if (error && held.length === 0) return <Panel title="Curves"><QueryError error={error} retry={reload} /></Panel>;
  return (
    <>
      {(smoothing > 0 || held.some(({ steps }) => steps.length >= worthSmoothing)) && <div className="w-44 self-end"><SmoothingSlider value={smoothing} onChange={(value) => void setSmoothing(value)} /></div>}
      {smoothing > 0 && held.some(({ approximate }) => approximate) && <p className="self-end text-xs text-faint">Long curves are smoothed approximately: there are too many points to average each.</p>}
      <div className="grid gap-4 lg:grid-cols-2 lg:max-xl:*:last:col-span-2 xl:grid-cols-3">
        {curves.map((curve) => (
          <Panel key={curve.title} title={curve.title} flush actions={<CurveLegend curve={curve} points={points} />}>
            {!loaded ? <Skeleton /> : <CurveChart curve={curve} points={points} smoothing={smoothing} bestEpoch={run.bestEpoch ?? null} active={isActive(run.status)} />}
          </Panel>
        ))}
      </div>
    </>
  );
}

function CurveLegend({ curve, points }: { curve: Curve; points?: ReadonlyMap<string, Points> }) {
  return (
    <ul className="flex gap-3 text-xs">
      {curve.lines.map(({ key, label, colour, dash }) => (
        <li key={key} className="flex items-center gap-1.5">
          <span aria-hidden className="w-4 border-t-2" style={{ borderColor: colour, borderTopStyle: dash ? 'dashed' : 'solid' }} />
          <span className="text-muted">{label}</span><span className="num">{formatMetric(points?.get(key)?.values.at(-1))}</span>
        </li>
      ))}
    </ul>
  );
}

function CurveChart({ curve, points, smoothing, bestEpoch, active }: { curve: Curve; points?: ReadonlyMap<string, Points>; smoothing: number; bestEpoch: number | null; active: boolean }) {
  const lines = useMemo(
    () => curve.lines.flatMap(({ key, ...look }): Line[] => {
      const held = points?.get(key);
      return held ? [{ id: key, ...look, points: held }] : [];
    }),
    [curve, points],
  );
  if (lines.length === 0) return <p className="grid h-52 place-items-center px-4 text-center text-muted">{active ? 'The first points appear after the first epoch.' : 'Nothing was logged.'}</p>;
  return (
    <div className="px-2 pt-1 pb-1">
      <LineChart lines={lines} label={curve.title.toLowerCase()} height={208} markedStep={bestEpoch} smoothing={smoothing} />
    </div>
  );
}
