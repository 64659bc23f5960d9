/** Spearman's ρ of the pairs that have both numbers; null when there are fewer than three or one never changes. */
export function rankCorrelation(xs: readonly (number | string | null)[], ys: readonly (number | string | null)[]): { rho: number; pairs: number } | null {
  const places = xs.map((_, place) => place).filter((place) => typeof xs[place] === 'number' && typeof ys[place] === 'number');
  if (places.length < 3) return null;
  const rho = pearson(ranks(places.map((place) => xs[place] as number)), ranks(places.map((place) => ys[place] as number)));
  return Number.isFinite(rho) ? { rho, pairs: places.length } : null;
}

/** From 1; equal values share the mean of theirs. */
export function ranks(values: readonly number[]): number[] {
  const order = values.map((_, place) => place).sort((a, b) => values[a]! - values[b]!);
  const result = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1]!] === values[order[from]!]) to += 1;
    for (let at = from; at <= to; at++) result[order[at]!] = (from + to) / 2 + 1;
    from = to + 1;
  }
  return result;
}

function pearson(xs: readonly number[], ys: readonly number[]): number {
  const { covariance, varianceX, varianceY } = moments(xs, ys);
  return covariance / Math.sqrt(varianceX * varianceY);
}

function moments(xs: readonly number[], ys: readonly number[]) {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(xs), mean(ys)];
  let [covariance, varianceX, varianceY] = [0, 0, 0];
  xs.forEach((x, place) => {
    const [dx, dy] = [x - meanX, ys[place]! - meanY];
    covariance += dx * dy;
    varianceX += dx * dx;
    varianceY += dy * dy;
  });
  return { meanX, meanY, covariance, varianceX, varianceY };
}

/** y = offset + slope · x, least squares. */
export function straightLine(xs: readonly number[], ys: readonly number[]): { slope: number; offset: number } | null {
  const { meanX, meanY, covariance, varianceX } = moments(xs, ys);
  if (xs.length < 3 || varianceX === 0) return null;
  return { slope: covariance / varianceX, offset: meanY - (covariance / varianceX) * meanX };
}

/** "As learningRate grows, val/accuracy tends to fall: Spearman ρ = −0.62 over 240 runs (moderate)." */
export function sayCorrelation(x: string, y: string, correlation: { rho: number; pairs: number } | null): string {
  if (!correlation) return `Too few different values to say how ${x} and ${y} go together.`;
  const { rho, pairs } = correlation;
  const size = Math.abs(rho);
  const figures = `Spearman ρ = ${(rho < 0 ? '−' : '') + size.toFixed(2)} over ${pairs} runs`;
  // Of ρ divided by its standard error under no relation.
  const chance = size * Math.sqrt(pairs - 1) < 1.96;
  if (chance || size < 0.1) return `${x} and ${y} show no trend up or down${chance ? ' that chance would not show, too' : ''} (${figures}). A relation that rises and falls again is not seen by this figure.`;
  const strength = size >= 0.7 ? 'strong' : size >= 0.4 ? 'moderate' : 'weak';
  return `As ${x} grows, ${y} tends to ${rho > 0 ? 'rise' : 'fall'} (${strength}; ${figures}). Going together is not yet causing.`;
}
