import { createHash } from 'node:crypto';
import { bytesOf, type NamedSeries } from '@thaw/series';

/** Of what the caller gave: times that the server filled in differ when the batch is sent again. */
export function digestOf(series: readonly NamedSeries[]): Buffer {
  const hash = createHash('sha256');
  for (const { key, steps, times, values, timed } of series) {
    hash.update(JSON.stringify([key, steps.length, timed !== false]));
    hash.update(bytesOf(steps));
    if (timed !== false) hash.update(bytesOf(times));
    hash.update(bytesOf(values));
  }
  return hash.digest().subarray(0, 16);
}
