import type { Random } from '../../random';

/** A draw from Beta(alpha, alpha). */
export function beta(random: Random, alpha: number): number {
  const [first, second] = [logGamma(random, alpha), logGamma(random, alpha)];
  return 1 / (1 + Math.exp(second - first));
}

/** Logarithm of a Gamma(shape, 1) draw (Marsaglia and Tsang 2000); small shapes underflow without the logarithm. */
function logGamma(random: Random, shape: number): number {
  if (shape < 1) return logGamma(random, shape + 1) + Math.log(1 - random()) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random()) < 0.5 * x * x + d * (1 - v + Math.log(v))) return Math.log(d * v);
  }
}

/** Box–Muller; 1 − u is never zero. */
const normal = (random: Random) => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
