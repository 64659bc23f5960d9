/**
 * Rotates RGB bytes [side, side, 3] about their middle, black where nothing was. Bit for bit Pillow's
 * Image.rotate(angle, BILINEAR): the reverse map in double precision, results cut off to whole bytes.
 */
export function rotate(bytes: Uint8Array, side: number, degrees: number): Uint8Array {
  const radians = (-(((degrees % 360) + 360) % 360) * Math.PI) / 180;
  const cos = round15(Math.cos(radians));
  const sin = round15(Math.sin(radians));
  const centre = side / 2;
  const offsetX = cos * -centre + sin * -centre + centre;
  const offsetY = -sin * -centre + cos * -centre + centre;
  const result = new Uint8Array(bytes.length);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const fromX = cos * (x + 0.5) + sin * (y + 0.5) + offsetX;
      const fromY = -sin * (x + 0.5) + cos * (y + 0.5) + offsetY;
      if (fromX < 0 || fromY < 0 || fromX >= side || fromY >= side) continue;
      const left = Math.floor(fromX - 0.5);
      const top = Math.floor(fromY - 0.5);
      const shareX = fromX - 0.5 - left;
      const shareY = fromY - 0.5 - top;
      const [x0, x1] = [inside(left, side), inside(left + 1, side)];
      const [y0, y1] = [inside(top, side) * side, inside(top + 1, side) * side];
      const to = (y * side + x) * 3;
      for (let channel = 0; channel < 3; channel++) {
        const upper = between(bytes[(y0 + x0) * 3 + channel]!, bytes[(y0 + x1) * 3 + channel]!, shareX);
        const lower = between(bytes[(y1 + x0) * 3 + channel]!, bytes[(y1 + x1) * 3 + channel]!, shareX);
        result[to + channel] = between(upper, lower, shareY);
      }
    }
  }
  return result;
}

const between = (from: number, to: number, share: number) => from + (to - from) * share;
const inside = (at: number, side: number) => Math.min(Math.max(at, 0), side - 1);
const round15 = (value: number) => Number(value.toFixed(15));
