import type { DrawnLine } from './drawn-line';
import { lowerIsBetter } from './metric-keys';

/** The best value of a line, or its last where the key has no better end. */
export function bestOf(key: string, { raw, y }: Pick<DrawnLine, 'raw' | 'y'>): number | null {
  const finite = (raw ?? y).filter(Number.isFinite);
  if (finite.length === 0) return null;
  const lower = lowerIsBetter(key);
  return lower === null ? finite.at(-1)! : finite.reduce((best, value) => (lower ? Math.min(best, value) : Math.max(best, value)));
}
