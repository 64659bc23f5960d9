import { zoneCalled } from './time-zone';

test.each([
  ['Europe/Berlin', 'Europe/Berlin'], [' europe/berlin ', 'Europe/Berlin'], ['utc', 'UTC'],
  // Names that lists of zones leave out, because another name of the same clock is the one that they hold.
  ['Asia/Kolkata', 'Asia/Kolkata'], ['Europe/Kyiv', 'Europe/Kyiv'], ['Etc/UTC', 'Etc/UTC'], ['EST', 'EST'],
  ['Europe/Atlantis', null], ['Berlin', null], ['', null],
])('%j is the zone %s', (typed, zone) => {
  expect(zoneCalled(typed)).toBe(zone);
});
