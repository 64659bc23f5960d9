/** 95 % interval of a share that was seen `hits` times in `count` (Wilson 1927): right for few pictures and for shares near 0 and 1, where the normal one is not. */
export function wilson(share: number, count: number): { low: number; high: number } {
  if (count <= 0) return { low: 0, high: 1 };
  const z = 1.959964;
  const middle = (share + (z * z) / (2 * count)) / (1 + (z * z) / count);
  const half = (z / (1 + (z * z) / count)) * Math.sqrt((share * (1 - share)) / count + (z * z) / (4 * count * count));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
