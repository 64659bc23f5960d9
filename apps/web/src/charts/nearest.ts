import { findStep } from '@thaw/series';

/** Index of the element that is nearest to `value`; -1 of none. rising: whether the column is. */
export function nearestAt(column: Float64Array, value: number, rising: boolean): number {
  if (column.length === 0) return -1;
  if (!rising) return column.reduce((best, element, index) => (Math.abs(element - value) < Math.abs(column[best]! - value) ? index : best), 0);
  const right = findStep(column, value);
  if (right === 0) return 0;
  if (right === column.length) return right - 1;
  return value - column[right - 1]! <= column[right]! - value ? right - 1 : right;
}

/** Whether a position can be looked up by halving. */
export function neverFalls(column: Float64Array): boolean {
  for (let index = 1; index < column.length; index++) if (!(column[index]! >= column[index - 1]!)) return false;
  return true;
}
