'use client';

import type { ECharts, EChartsCoreOption } from 'echarts/core';
import { useTheme } from 'next-themes';
import { useEffect, useRef, useState } from 'react';
import { Callout } from '../ui/callout';
import { chartTheme, echartsTheme, type ChartTheme } from './chart-theme';

/** Kinds of chart and their tools, each fetched when a chart first needs it. Grid, tooltip, legend and visualMap are always there. */
const parts = {
  scatter: () => import('./echart-parts/scatter'),
  line: () => import('./echart-parts/line'),
  bar: () => import('./echart-parts/bar'),
  parallel: () => import('./echart-parts/parallel'),
  zoom: () => import('./echart-parts/zoom'),
  brush: () => import('./echart-parts/brush'),
};
export type ChartPart = keyof typeof parts;

interface EChartProps {
  parts: readonly ChartPart[];
  /** Made anew when it changes, so keep it with useCallback; a theme change makes it anew, too. */
  option: (theme: ChartTheme) => EChartsCoreOption;
  /** What is drawn, in a few words. */
  label: string;
  /** What it shows, for people who do not see it; default: ECharts lists some of its values. */
  description?: string;
  height: number;
  /** px; what holds it scrolls where there is less */
  minWidth?: number;
  /** Handlers by ECharts' event names, such as click. */
  on?: Readonly<Record<string, (event: never, chart: ECharts) => void>>;
  /** After each drawing of a new option: for what only actions can do, such as highlighting. */
  onDrawn?: (chart: ECharts) => void;
}

/** One ECharts chart as wide as its place, in the colours of the page, still where motion is not wanted. */
export function EChart({ parts: needed, option, label, description, height, minWidth, on, onDrawn }: EChartProps) {
  const { resolvedTheme } = useTheme();
  const host = useRef<HTMLDivElement>(null);
  const [live, setLive] = useState<{ chart: ECharts; theme: ChartTheme } | null>(null);
  const [problem, setProblem] = useState<Error | null>(null);
  const handlers = useRef({ on, onDrawn });
  handlers.current = { on, onDrawn };
  const partNames = needed.join();
  const eventNames = Object.keys(on ?? {}).sort().join();

  useEffect(() => {
    const element = host.current!;
    let end = () => {};
    let over = false;
    const begin = async () => {
      const [{ init }] = await Promise.all([import('./echart-parts/core'), ...(partNames.split(',') as ChartPart[]).map((name) => parts[name]())]);
      if (over) return;
      const theme = chartTheme(element, resolvedTheme === 'dark');
      const chart = init(element, echartsTheme(theme));
      for (const name of eventNames.split(',').filter(Boolean)) chart.on(name, (event) => handlers.current.on?.[name]?.(event as never, chart));
      const observer = new ResizeObserver(() => chart.resize());
      observer.observe(element);
      end = () => {
        observer.disconnect();
        chart.dispose();
      };
      setProblem(null);
      setLive({ chart, theme });
    };
    begin().catch((error: Error) => !over && setProblem(error));
    return () => {
      over = true;
      end();
      setLive(null);
    };
  }, [resolvedTheme, partNames, eventNames]);

  useEffect(() => {
    if (!live) return;
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const aria = { enabled: true, label: description ? { description } : {} };
    live.chart.setOption({ animation: !still, animationDuration: 200, animationDurationUpdate: 200, aria, ...option(live.theme) }, { notMerge: true });
    handlers.current.onDrawn?.(live.chart);
  }, [live, option, description]);

  // ECharts makes the inner element an image with the description; the figure names it.
  return (
    <figure aria-label={label} className="relative m-0 min-w-0">
      {problem && <Callout tone="danger" title="The chart could not be loaded">{problem.message}. Reload the page to try again.</Callout>}
      <div ref={host} style={{ height, minWidth }} className="w-full" />
    </figure>
  );
}
