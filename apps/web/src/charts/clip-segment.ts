export interface Frame { left: number; top: number; right: number; bottom: number }

export const isInside = ({ left, top, right, bottom }: Frame, x: number, y: number): boolean => x >= left && x <= right && y >= top && y <= bottom;

/** Which part of the segment from a to b lies in the frame, as shares of its length; null: none of it. Liang and Barsky, 1984. */
export function partInside(frame: Frame, ax: number, ay: number, bx: number, by: number): [from: number, to: number] | null {
  const [dx, dy] = [bx - ax, by - ay];
  let [from, to] = [0, 1];
  for (const [along, room] of [[-dx, ax - frame.left], [dx, frame.right - ax], [-dy, ay - frame.top], [dy, frame.bottom - ay]] as const) {
    if (along === 0 && room < 0) return null;
    if (along < 0) from = Math.max(from, room / along);
    if (along > 0) to = Math.min(to, room / along);
  }
  return from < to ? [from, to] : null;
}
