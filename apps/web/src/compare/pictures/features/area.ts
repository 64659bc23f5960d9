/** A part of one of the maps, in its coordinates from 0 to 1. */
export interface Area {
  side: 'a' | 'b';
  shape: 'rect' | 'polygon';
  /** rect: two opposite corners */
  corners: [number, number][];
}

/** An address holds no more of a lasso; what is left of it looks the same. */
const mostCorners = 40;

/** "a-rect-0.1,0.2_0.5,0.6" */
export function writeArea({ side, shape, corners }: Area): string {
  const every = Math.ceil(corners.length / mostCorners);
  return `${side}-${shape}-${corners.filter((_, index) => index % every === 0).map((corner) => corner.map((value) => Number(value.toFixed(3))).join()).join('_')}`;
}

/** null when it is none: addresses are typed, too. */
export function readArea(text: string): Area | null {
  const [, side, shape, list] = /^([ab])-(rect|polygon)-(.+)$/.exec(text) ?? [];
  const corners = (list ?? '').split('_').map((corner) => corner.split(',').map(Number) as [number, number]);
  if (!corners.every((corner) => corner.length === 2 && corner.every(Number.isFinite)) || corners.length < 2 || (shape === 'rect' && corners.length !== 2)) return null;
  return { side, shape, corners } as Area;
}

/** Which of the points, [points, 2], lie in it. */
export function pointsIn({ shape, corners }: Area, points: Float32Array): number[] {
  const inside = shape === 'rect' ? inRect(corners) : inPolygon(corners);
  return Array.from({ length: points.length / 2 }, (_, index) => index).filter((index) => inside(points[index * 2]!, points[index * 2 + 1]!));
}

function inRect([[x0, y0] = [0, 0], [x1, y1] = [0, 0]]: readonly [number, number][]): (x: number, y: number) => boolean {
  return (x, y) => x >= Math.min(x0, x1) && x <= Math.max(x0, x1) && y >= Math.min(y0, y1) && y <= Math.max(y0, y1);
}

/** Even-odd rule. */
function inPolygon(corners: readonly [number, number][]): (x: number, y: number) => boolean {
  return (x, y) => corners.reduce((inside, [xi, yi], index) => {
    const [xj, yj] = corners.at(index - 1)!;
    return yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi ? !inside : inside;
  }, false);
}

const directions = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] } as const;
export type ArrowKey = keyof typeof directions;
export const isArrow = (key: string): key is ArrowKey => key in directions;

/** The nearest point that lies in the direction of the key, what is off to the side counting double; the same one when there is none. */
export function nextPoint(points: Float32Array, from: number, key: ArrowKey): number {
  const [dx, dy] = directions[key];
  let [best, distance] = [from, Infinity];
  for (let index = 0; index * 2 < points.length; index++) {
    const [x, y] = [points[index * 2]! - points[from * 2]!, points[index * 2 + 1]! - points[from * 2 + 1]!];
    const along = x * dx + y * dy;
    const across = Math.abs(x * dy) + Math.abs(y * dx);
    if (index === from || along <= 0 || across > along || along + 2 * across >= distance) continue;
    [best, distance] = [index, along + 2 * across];
  }
  return best;
}
