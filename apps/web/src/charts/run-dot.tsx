'use client';

import { useRunMark } from '../shell/live-project';
import { markClass, markFill, type RunMark } from './run-mark';

export const RunDot = ({ id }: { id: string }) => <LineDot line={useRunMark()(id)} />;

/** A line's colour, as a short piece of it when it is dashed. */
export function LineDot({ line }: { line: Pick<RunMark, 'colour'> & { dash?: readonly number[] } }) {
  return <span aria-hidden className={`inline-block shrink-0 ${markClass(line)}`} style={{ background: markFill(line) }} />;
}
