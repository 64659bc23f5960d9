'use client';

import { mostSmoothing } from '@thaw/series';

export function SmoothingSlider({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  return (
    <label className="flex flex-col gap-1 text-xs font-medium">
      <span className="flex justify-between">Smoothing<span className="num text-muted">{value.toFixed(2)}</span></span>
      <input type="range" min={0} max={mostSmoothing} step={0.01} value={value} onChange={(event) => onChange(Number(event.target.value))} className="w-full accent-(--accent)" />
    </label>
  );
}
