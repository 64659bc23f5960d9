import { randomStream, shuffled } from './random';

test('a stream is decided by its seed and its names', () => {
  const draw = (...names: [number, ...(string | number)[]]) => Array.from({ length: 4 }, randomStream(...names));
  expect(draw(1, 'shuffle', 2)).toEqual(draw(1, 'shuffle', 2));
  expect(draw(1, 'shuffle', 2)).not.toEqual(draw(1, 'shuffle', 3));
  expect(draw(1, 'shuffle', 2)).not.toEqual(draw(2, 'shuffle', 2));
});

test('draws are even over [0, 1)', () => {
  const random = randomStream(1, 'even');
  const counts = new Array<number>(10).fill(0);
  for (let i = 0; i < 10_000; i++) counts[Math.floor(random() * 10)]! += 1;
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120);
});

test('shuffling keeps every picture', () => {
  const order = shuffled(100, randomStream(1, 'shuffle'));
  expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => index));
  expect(order).not.toEqual(Array.from({ length: 100 }, (_, index) => index));
});
