import { byteTables, writeInput } from './preprocess';

const picture = Uint8Array.of(0, 127, 255, 10, 20, 30, 40, 50, 60, 70, 80, 90);

test('a range maps 0 and 255 to its ends', () => {
  const into = new Float32Array(12);
  writeInput(picture, 2, byteTables({ inputSize: 2, resize: 'fill', range: [-1, 1] }), into, 0);
  expect(into[0]).toBe(-1);
  expect(into[2]).toBe(1);
  expect(into[1]).toBeCloseTo((127 / 255) * 2 - 1, 6);
});

test('mean and std apply per channel', () => {
  const into = new Float32Array(12);
  writeInput(picture, 2, byteTables({ inputSize: 2, resize: 'fill', mean: [0.5, 0, 0.25], std: [0.5, 1, 0.25] }), into, 0);
  expect([...into.subarray(0, 3)]).toEqual([-1, expect.closeTo(127 / 255, 6), 3]);
});

test('a picture is written at an offset', () => {
  const into = new Float32Array(24);
  writeInput(picture, 2, byteTables({ inputSize: 2, resize: 'fill', range: [0, 255] }), into, 12);
  expect([...into.subarray(0, 12)]).toEqual(new Array(12).fill(0));
  expect([...into.subarray(12)].map(Math.round)).toEqual([...picture]);
});

test('a picture of the wrong size is refused', () => {
  expect(() => writeInput(picture, 3, byteTables({ inputSize: 3, resize: 'fill', range: [0, 1] }), new Float32Array(27), 0)).toThrow('12 bytes instead of 3 × 3 × 3');
});
