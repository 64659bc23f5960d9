'use client';

import { useEffect, useRef, type RefObject } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

type Sized = Omit<uPlot.Options, 'width' | 'height'>;

/** A chart in the host element, as wide as it. Data reuses the canvas; only `rebuildOn` makes it anew. */
export function usePlot(options: (element: HTMLElement) => Sized, data: uPlot.AlignedData, height: number, rebuildOn: readonly unknown[]): { host: RefObject<HTMLDivElement | null>; plot: RefObject<uPlot | null> } {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(data);
  latest.current = data;

  useEffect(() => {
    const element = host.current!;
    const chart = new uPlot({ ...options(element), width: element.clientWidth || 300, height }, latest.current, element);
    plot.current = chart;
    const resize = new ResizeObserver(([entry]) => chart.setSize({ width: Math.floor(entry!.contentRect.width), height }));
    resize.observe(element);
    return () => {
      resize.disconnect();
      chart.destroy();
      plot.current = null;
    };
    // Points arrive through setData below.
  }, [height, ...rebuildOn]);

  useEffect(() => plot.current?.setData(data), [data]);
  return { host, plot };
}
