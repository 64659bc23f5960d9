/** Whole numbers as their distances from an even stride. */
export interface WholeNumbers {
  start: number;
  stride: number;
  /** distance(i) = number(i) - number(i - 1) - stride, written 0, -1, 1, -2, 2 … as 0, 1, 2, 3, 4 …; the first is 0. */
  distances: Float64Array;
  /** Bytes that the largest distance takes: 0 to 7. */
  width: number;
}

/** Above it differences, and twice their size, would no longer be exact. */
const farthest = 2 ** 50;

/** column × scale as whole numbers; null unless dividing them by scale gives back exactly what was there. */
export function toWholeNumbers(column: Float64Array, scale: number): WholeNumbers | null {
  const count = column.length;
  const whole = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const value = column[index]!;
    const rounded = Math.round(value * scale);
    // NaN differs from itself; -0 would lose its sign.
    if (rounded / scale !== value || rounded < -farthest || rounded > farthest || (rounded === 0 && Object.is(value, -0))) return null;
    whole[index] = rounded;
  }
  const mean = count > 1 ? Math.round((whole[count - 1]! - whole[0]!) / (count - 1)) : 0;
  const first = count > 1 ? whole[1]! - whole[0]! : 0;
  const byMean = distancesFrom(whole, mean);
  if (byMean.largest === 0 || first === mean) return { start: whole[0] ?? 0, stride: mean, distances: byMean.distances, width: widthOf(byMean.largest) };
  const byFirst = distancesFrom(whole, first);
  const [stride, { distances, largest }] = byFirst.largest < byMean.largest ? [first, byFirst] : [mean, byMean];
  return { start: whole[0] ?? 0, stride, distances, width: widthOf(largest) };
}

function distancesFrom(whole: Float64Array, stride: number): { distances: Float64Array; largest: number } {
  const distances = new Float64Array(whole.length);
  let largest = 0;
  for (let index = 1; index < whole.length; index++) {
    const distance = whole[index]! - whole[index - 1]! - stride;
    const folded = distance < 0 ? -2 * distance - 1 : 2 * distance;
    distances[index] = folded;
    if (folded > largest) largest = folded;
  }
  return { distances, largest };
}

function widthOf(largest: number): number {
  let width = 0;
  for (let rest = largest; rest >= 1; rest /= 256) width++;
  return width;
}

export function fromWholeNumbers({ start, stride, distances }: Omit<WholeNumbers, 'width'>, scale: number): Float64Array {
  const column = new Float64Array(distances.length);
  let whole = start;
  for (let index = 0; index < column.length; index++) {
    if (index > 0) {
      const folded = distances[index]!;
      whole += stride + (folded % 2 === 1 ? -(folded + 1) / 2 : folded / 2);
    }
    column[index] = whole / scale;
  }
  return column;
}
