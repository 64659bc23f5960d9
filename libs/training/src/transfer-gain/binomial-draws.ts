import type { Random } from '../random';

/** How many of `trials` succeed, drawn `times` times, by inverting the distribution function. */
export function binomialDraws(trials: number, probability: number, times: number, random: Random): number[] {
  const upTo = cumulative(trials, probability);
  const total = upTo[trials]!;
  return Array.from({ length: times }, () => firstAbove(upTo, random() * total));
}

/** Up to a constant factor: from the mode outwards, where nothing that counts underflows. */
function cumulative(trials: number, probability: number): Float64Array {
  const values = new Float64Array(trials + 1);
  const mode = Math.min(trials, Math.floor((trials + 1) * probability));
  const odds = probability / (1 - probability);
  values[mode] = 1;
  for (let k = mode; k < trials; k++) values[k + 1] = (values[k]! * odds * (trials - k)) / (k + 1);
  for (let k = mode; k > 0; k--) values[k - 1] = (values[k]! * k) / (odds * (trials - k + 1));
  for (let k = 1; k <= trials; k++) values[k]! += values[k - 1]!;
  return values;
}

function firstAbove(ascending: Float64Array, value: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
