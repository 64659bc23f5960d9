import { fullTime, isZone, zonedTime } from './zoned-time';

const winter = Date.parse('2026-01-15T23:30:05.042Z');
const summer = Date.parse('2026-07-15T23:30:05.042Z');

test.each([
  ['UTC', winter, '2026-01-15 23:30:05', 'UTC'],
  ['Europe/Berlin', winter, '2026-01-16 00:30:05', 'Europe/Berlin, UTC+1'],
  ['Europe/Berlin', summer, '2026-07-16 01:30:05', 'Europe/Berlin, UTC+2'],
  ['Asia/Kathmandu', winter, '2026-01-16 05:15:05', 'Asia/Kathmandu, UTC+5:45'],
  ['America/St_Johns', summer, '2026-07-15 21:00:05', 'America/St_Johns, UTC-2:30'],
])('%s at %d reads %s (%s)', (zone, at, text, name) => {
  expect(fullTime(at, zone)).toBe(`${text} (${name})`);
});

test('a day that is not on every clock is skipped, and milliseconds are kept', () => {
  expect(fullTime(Date.parse('2026-03-29T00:59:59Z'), 'Europe/Berlin')).toBe('2026-03-29 01:59:59 (Europe/Berlin, UTC+1)');
  expect(fullTime(Date.parse('2026-03-29T01:00:00Z'), 'Europe/Berlin')).toBe('2026-03-29 03:00:00 (Europe/Berlin, UTC+2)');
  expect(zonedTime(winter, 'UTC').milliseconds).toBe('042');
});

test('only zones of the time zone database are zones', () => {
  expect(['UTC', 'Europe/Berlin', 'Atlantis/Capital', ''].map(isZone)).toEqual([true, true, false, false]);
});
