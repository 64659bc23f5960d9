'use client';

import type { ECharts } from 'echarts/core';
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { EChart } from '../../../charts/echart';
import type { ChartTheme } from '../../../charts/chart-theme';
import { type Area, isArrow, nextPoint } from './area';
import { type Colouring, layOut, mapOption, told } from './map-option';
import type { PictureMap } from './use-map';

export type Tool = 'point' | 'rect' | 'polygon';

interface FeatureMapProps {
  map: PictureMap;
  name: string;
  side: Area['side'];
  by: Colouring;
  classes: readonly string[];
  tool: Tool;
  /** sha256 of the picture that is pointed at, in either map */
  pointed: string | null;
  onPoint: (sha256: string | null) => void;
  selected: ReadonlySet<string> | null;
  area: Area | null;
  onArea: (area: Area | null) => void;
}

const parts = ['scatter', 'brush'] as const;

/** One run's map: pointing shows the picture, here and in the other map; a box or lasso selects. */
export function FeatureMap({ map, name, side, by, classes, tool, pointed, onPoint, selected, area, onArea }: FeatureMapProps) {
  const [chart, setChart] = useState<ECharts | null>(null);
  const layout = useMemo(() => layOut(map, by, classes), [map, by, classes]);
  const option = useCallback((theme: ChartTheme) => mapOption(map, by, layout, selected, theme), [map, by, layout, selected]);
  const [drawn, setDrawn] = useState(0);
  const own = area?.side === side ? area : null;

  useEffect(() => {
    if (!chart || chart.isDisposed()) return;
    chart.dispatchAction({ type: 'takeGlobalCursor', key: 'brush', brushOption: { brushType: tool === 'point' ? false : tool, brushMode: 'single' } });
    chart.dispatchAction({ type: 'brush', areas: own ? [asBrush(own)] : [] });
  }, [chart, tool, own, drawn]);
  useEffect(() => {
    if (!chart || chart.isDisposed()) return;
    const place = pointed === null ? undefined : layout.places.get(pointed);
    chart.dispatchAction({ type: 'downplay' });
    if (place) chart.dispatchAction({ type: 'highlight', ...place });
    chart.dispatchAction(place ? { type: 'showTip', ...place } : { type: 'hideTip' });
  }, [chart, pointed, layout, drawn]);

  const handlers = useRef({ onPoint, onArea });
  handlers.current = { onPoint, onArea };
  const on = useMemo(() => ({
    mouseover: ({ data }: { data?: { point?: PictureMap['points'][number] } }) => data?.point && handlers.current.onPoint(data.point.picture.sha256),
    globalout: () => handlers.current.onPoint(null),
    brushEnd: ({ areas }: { areas: BrushArea[] }) => handlers.current.onArea(areas[0] ? asArea(areas[0], side) : null),
  }), [side]);
  const move = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onPoint(null);
    if (!isArrow(event.key)) return;
    event.preventDefault();
    const at = map.points.findIndex(({ picture }) => picture.sha256 === pointed);
    onPoint(map.points[at < 0 ? 0 : nextPoint(map.coordinates, at, event.key)]!.picture.sha256);
  };
  const current = map.points.find(({ picture }) => picture.sha256 === pointed);
  return (
    <div tabIndex={0} role="group" aria-label={`Map of the pictures as ${name} sees them. Arrow keys go from picture to picture.`} onKeyDown={move} onBlur={() => onPoint(null)}>
      <EChart parts={parts} option={option} label={`Feature map of ${name}`} height={420} on={on as never}
        description={`${map.points.length} validation pictures; those that the network finds alike lie close together.`}
        onDrawn={(made) => { setChart(made); setDrawn((count) => count + 1); }} />
      <p role="status" className="min-h-9 px-1 pt-1 text-xs text-muted">{current ? told(current) : ''}</p>
    </div>
  );
}

interface BrushArea { brushType: string; coordRange: [number, number][] }

/** ECharts has the ranges of x and y of a box, and the corners of a lasso. */
const asArea = ({ brushType, coordRange }: BrushArea, side: Area['side']): Area => {
  if (brushType !== 'rect') return { side, shape: 'polygon', corners: coordRange };
  const [[left, right], [low, high]] = coordRange as [[number, number], [number, number]];
  return { side, shape: 'rect', corners: [[left, low], [right, high]] };
};

const asBrush = ({ shape, corners }: Area) => {
  const [[left, low], [right, high]] = corners as [[number, number], [number, number]];
  return { brushType: shape, xAxisIndex: 0, yAxisIndex: 0, coordRange: shape === 'rect' ? [[left, right], [low, high]] : corners };
};
