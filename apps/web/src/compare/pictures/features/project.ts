import { UMAP } from 'umap-js';

export type Projection = 'umap' | 'pca';

/** Fewer points than this have no neighbourhoods to keep: they are laid out by their components. */
export const fewestForUmap = 8;

/** Principal components, [points, dimensions], as two coordinates from 0 to 1 each, [points, 2]. The same numbers in give the same numbers out. */
export function project(values: Float32Array, dimensions: number, projection: Projection): Float32Array {
  const rows = Array.from({ length: values.length / dimensions }, (_, row) => [...values.subarray(row * dimensions, (row + 1) * dimensions)]);
  if (projection === 'pca' || rows.length < fewestForUmap) return inUnitSquare(rows.map(([x = 0, y = 0]) => [x, y]));
  const umap = new UMAP({ nComponents: 2, nNeighbors: Math.min(15, rows.length - 1), minDist: 0.15, random: seeded(1) });
  return inUnitSquare(umap.fit(rows) as [number, number][]);
}

/** Keeps the proportions: distances along both axes mean the same. */
function inUnitSquare(points: readonly (readonly number[])[]): Float32Array {
  const side = (axis: number) => {
    const values = points.map((point) => point[axis]!);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return { middle: (low + high) / 2, length: high - low };
  };
  const [x, y] = [side(0), side(1)];
  const scale = Math.max(x.length, y.length) || 1;
  return Float32Array.from(points.flatMap((point) => [(point[0]! - x.middle) / scale + 0.5, (point[1]! - y.middle) / scale + 0.5]));
}

/** mulberry32 */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Base64 of little-endian floats, as the API has them. */
export function decodeFloats(base64: string): Float32Array {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, index) => view.getFloat32(index * 4, true));
}
