export interface Placed { x: number; y: number }

/** Those that no other beats in both: y higher is better; of x, more or less. In the order of x. */
export function paretoFront<T extends Placed>(points: readonly T[], better: 'more' | 'less'): T[] {
  const sorted = [...points].sort((a, b) => (better === 'less' ? a.x - b.x : b.x - a.x) || b.y - a.y);
  const front: T[] = [];
  for (const point of sorted) if (front.length === 0 || point.y > front.at(-1)!.y) front.push(point);
  return front.sort((a, b) => a.x - b.x);
}
