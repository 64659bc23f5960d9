import { mostAttempts, retryAfter } from './retry';

test('pauses grow fivefold, and eight attempts span about a day', () => {
  const pauses = Array.from({ length: mostAttempts }, (_, index) => retryAfter(index + 1, { random: 0.5 }));
  expect(pauses).toEqual([5, 25, 125, 625, 3125, 15_625, 78_125, null]);
  const hours = pauses.reduce<number>((sum, pause) => sum + (pause ?? 0), 0) / 3600;
  expect(hours).toBeGreaterThan(24);
  expect(hours).toBeLessThan(30);
});

test('each pause is up to a fifth shorter or longer', () => {
  expect([retryAfter(3, { random: 0 }), retryAfter(3, { random: 1 })]).toEqual([100, 150]);
});

test('a receiver that asks for more time gets it, up to a day', () => {
  expect(retryAfter(1, { asked: 60, random: 0.5 })).toBe(60);
  expect(retryAfter(3, { asked: 60, random: 0.5 })).toBe(125);
  expect(retryAfter(1, { asked: 1e9, random: 0.5 })).toBe(86_400);
});
