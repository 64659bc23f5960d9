import { randomStream } from '../random';
import { binomialDraws } from './binomial-draws';

/** How much more often one model is right than another, in shares of the same pictures. */
export interface PairedGain {
  gain: number;
  /** Bounds of the 95 % interval. */
  low: number;
  high: number;
}

const resamples = 10_000;
const tail = 0.025;

/**
 * Paired bootstrap with percentile interval (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13).
 * Pictures are drawn with what both models made of them, so that what makes a picture hard for both cancels out. The
 * bounds are numpy's linear percentiles, as scipy.stats.bootstrap takes them.
 *
 * `run` and `baseline`: 1 where the model is right, 0 where it is not, in the order of the pictures.
 */
export function pairedGain(run: ArrayLike<number>, baseline: ArrayLike<number>, seed: number): PairedGain {
  const count = run.length;
  if (count === 0 || baseline.length !== count) throw new Error(`${count} and ${baseline.length} answers cannot be compared; give both models the same pictures, one at least.`);
  let won = 0;
  let lost = 0;
  for (let index = 0; index < count; index++) {
    if (run[index]! > baseline[index]!) won++;
    else if (run[index]! < baseline[index]!) lost++;
  }
  const sums = resampledSums(count, won, lost, seed).sort();
  return { gain: (won - lost) / count, low: percentile(sums, tail) / count, high: percentile(sums, 1 - tail) / count };
}

/**
 * Won minus lost in each resample. Of `count` pictures drawn with replacement only how many were won and how many lost
 * matters, so those numbers are drawn and not the pictures: the same distribution, whatever the number of pictures.
 */
function resampledSums(count: number, won: number, lost: number, seed: number): Int32Array {
  const random = randomStream(seed, 'bootstrap');
  const decided = new Map<number, number>();
  for (const drawn of binomialDraws(count, (won + lost) / count, resamples, random)) decided.set(drawn, (decided.get(drawn) ?? 0) + 1);
  const sums: number[] = [];
  for (const [number, times] of decided) for (const wins of binomialDraws(number, won / (won + lost || 1), times, random)) sums.push(2 * wins - number);
  return Int32Array.from(sums);
}

function percentile(sorted: Int32Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  return below + (place - Math.floor(place)) * (sorted[Math.ceil(place)]! - below);
}
