'use client';

import { useState, type PointerEvent } from 'react';

const limits = { least: 140, most: 900, step: 20 };
const clamp = (height: number) => Math.round(Math.max(limits.least, Math.min(limits.most, height)));

/** Dragging, or arrow keys, make all charts higher or lower. */
export function HeightHandle({ height, onHeight }: { height: number; onHeight: (height: number) => void }) {
  const [from, setFrom] = useState<{ y: number; height: number } | null>(null);
  const down = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    setFrom({ y: event.clientY, height });
  };
  return (
    <div role="separator" aria-orientation="horizontal" aria-label="Height of the charts" aria-valuenow={height} aria-valuemin={limits.least} aria-valuemax={limits.most} tabIndex={0}
      onPointerDown={down} onPointerMove={(event) => from && onHeight(clamp(from.height + event.clientY - from.y))} onPointerUp={() => setFrom(null)}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        onHeight(clamp(height + (event.key === 'ArrowDown' ? limits.step : -limits.step)));
      }}
      className="group flex h-2.5 cursor-row-resize touch-none items-center justify-center"><span className="h-0.5 w-8 rounded bg-line group-hover:bg-line-strong" /></div>
  );
}
