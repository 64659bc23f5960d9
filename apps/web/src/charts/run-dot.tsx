'use client';

import { useRunMark } from '../shell/live-project';

/** The run's colour, hollow when its line is dashed. */
export function RunDot({ id }: { id: string }) {
  const { colour, dash } = useRunMark()(id);
  return <span aria-hidden className="inline-block size-2.5 shrink-0 rounded-full border-2" style={{ borderColor: colour, background: dash.length > 0 ? 'transparent' : colour }} />;
}
