export interface Size { pictures: number; mean: number }

/** error = scale · pictures^−exponent + floor (Hestness et al. 2017, arXiv:1712.00409). */
export interface PowerLaw { scale: number; exponent: number; floor: number }

export const errorAt = ({ scale, exponent, floor }: PowerLaw, pictures: number): number => scale * pictures ** -exponent + floor;

/**
 * Least squares in log–log space over the sizes. The floor that no number of pictures gets below is fitted from four
 * sizes up: three points and three parameters would fit anything. null: fewer than three, or the error does not fall.
 */
export function fitPowerLaw(sizes: readonly { pictures: number; error: number }[]): PowerLaw | null {
  if (new Set(sizes.map(({ pictures }) => pictures)).size < 3 || sizes.some(({ error }) => !(error > 0))) return null;
  const least = Math.min(...sizes.map(({ error }) => error));
  const floors = sizes.length < 4 ? [0] : Array.from({ length: 200 }, (_, step) => (least * step) / 200);
  let best: { law: PowerLaw; loss: number } | null = null;
  for (const floor of floors) {
    const law = withFloor(sizes, floor);
    const loss = sizes.reduce((sum, { pictures, error }) => sum + (errorAt(law, pictures) - error) ** 2, 0);
    if (!best || loss < best.loss - 1e-15) best = { law, loss };
  }
  return best && best.law.exponent > 0 ? best.law : null;
}

function withFloor(sizes: readonly { pictures: number; error: number }[], floor: number): PowerLaw {
  const points = sizes.map(({ pictures, error }) => [Math.log(pictures), Math.log(error - floor)] as const);
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const slope = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return { exponent: -slope, scale: Math.exp(meanY - slope * meanX), floor };
}
