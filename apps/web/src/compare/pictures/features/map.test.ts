import { nextPoint, pointsIn, readArea, writeArea } from './area';
import { decodeFloats, project } from './project';

/** Two clusters in five dimensions, so far apart that no map may mix them. */
const clusters = Float32Array.from({ length: 40 * 5 }, (_, index) => (index < 100 ? 0 : 50) + Math.sin(index * 12.9898) * 2);

test.each(['umap', 'pca'] as const)('by %s the nearest neighbour is of the same cluster, all lie within the unit square, the same each time', (projection) => {
  const map = project(clusters, 5, projection);
  expect([...map].every((value) => value >= -1e-6 && value <= 1 + 1e-6)).toBe(true);
  const places = Array.from({ length: 40 }, (_, index) => index);
  const distance = (a: number, b: number) => Math.hypot(map[a * 2]! - map[b * 2]!, map[a * 2 + 1]! - map[b * 2 + 1]!);
  const nearest = (from: number) => places.filter((index) => index !== from).reduce((best, index) => (distance(from, index) < distance(from, best) ? index : best), from === 0 ? 1 : 0);
  expect(places.filter((index) => nearest(index) < 20 === index < 20)).toHaveLength(40);
  expect(project(clusters, 5, projection)).toEqual(map);
});

test('a handful of points, equal ones, or a single component still make a map', () => {
  expect([...project(Float32Array.of(1, 2, 3), 1, 'umap')]).toEqual([0, 0.5, 0.5, 0.5, 1, 0.5]);
  expect([...project(new Float32Array(4), 2, 'pca')]).toEqual([0.5, 0.5, 0.5, 0.5]);
});

test('floats are read little-endian', () => {
  const bytes = Buffer.alloc(8);
  bytes.writeFloatLE(1.5, 0);
  bytes.writeFloatLE(-3, 4);
  expect([...decodeFloats(bytes.toString('base64'))]).toEqual([1.5, -3]);
});

const points = Float32Array.of(0.1, 0.1, 0.5, 0.5, 0.9, 0.2, 0.52, 0.9);

test('an area survives its address, and knows what lies in it', () => {
  const box = { side: 'a' as const, shape: 'rect' as const, corners: [[0.6, 0.6], [0, 0]] as [number, number][] };
  expect(readArea(writeArea(box))).toEqual(box);
  expect(pointsIn(box, points)).toEqual([0, 1]);
  const triangle = readArea('b-polygon-0.4,0_1,0_1,0.6')!;
  expect(pointsIn(triangle, points)).toEqual([2]);
  const long = writeArea({ side: 'a', shape: 'polygon', corners: Array.from({ length: 500 }, (_, index) => [Math.cos(index), Math.sin(index)]) });
  expect(readArea(long)!.corners.length).toBeLessThanOrEqual(40);
});

test.each(['', 'a-rect-1,2', 'c-rect-0,0_1,1', 'a-polygon-x,1_2,3_4,5', 'a-rect-0,0_1,1_2,2'])('%j is no area', (text) => {
  expect(readArea(text)).toBeNull();
});

test('arrow keys go to the nearest point in their direction', () => {
  expect(nextPoint(points, 0, 'ArrowUp')).toBe(1);
  expect(nextPoint(points, 1, 'ArrowUp')).toBe(3);
  expect(nextPoint(points, 1, 'ArrowRight')).toBe(2);
  expect(nextPoint(points, 3, 'ArrowUp')).toBe(3);
});
