import { ServerClock } from './server-clock';

const noon = Date.parse('2026-01-01T12:00:00Z');
const date = (ms: number) => new Date(ms).toUTCString();

test('what the network and whole seconds can account for is no difference', () => {
  const clock = new ServerClock();
  clock.hear(date(noon), noon + 999, noon + 1_005);
  clock.hear(date(noon), noon - 20_000, noon + 10_000);
  clock.hear(undefined, 0, 1);
  expect(clock.aheadMs).toBe(0);
});

test('a clock that is an hour off is noticed, and so is one that was set right', () => {
  const clock = new ServerClock();
  clock.hear(date(noon + 3_600_000), noon, noon + 50);
  expect(clock.aheadMs).toBe(3_600_000 - 50);
  clock.hear(date(noon - 3_600_000), noon, noon + 50);
  expect(clock.aheadMs).toBe(-3_600_000 + 1_000);
  clock.hear(date(noon), noon, noon + 50);
  expect(clock.aheadMs).toBe(0);
});
