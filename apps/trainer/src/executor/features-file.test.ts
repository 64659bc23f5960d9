import { featuresFile } from './features-file';

test('the file holds the rows, their components as little-endian floats, and the variance they keep', () => {
  const file = JSON.parse(Buffer.from(featuresFile({ rows: [0, 2, 4], channels: 2, values: Float32Array.of(0, 1, 3, 1, 6, 1) })).toString());
  expect(file).toMatchObject({ version: 1, rows: [0, 2, 4], channels: 2, dimensions: 2, explained: expect.closeTo(1, 6) });
  const bytes = Buffer.from(file.values, 'base64');
  const first = [0, 1, 2].map((row) => bytes.readFloatLE(row * 8));
  expect(Math.abs(first[0]!)).toBeCloseTo(3, 5);
  expect(first[1]).toBeCloseTo(0, 5);
  expect(first[2]).toBeCloseTo(-first[0]!, 5);
});
