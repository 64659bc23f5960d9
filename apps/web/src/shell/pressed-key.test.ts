import { pressedKey } from './pressed-key';

test.each([
  ['c', false, 'c'], ['C', true, 'Shift+c'],
  // Caps Lock is on.
  ['C', false, 'c'], ['c', true, 'Shift+c'],
  ['Ä', true, 'Shift+ä'],
  // Another key of another keyboard, with Shift or without.
  ['?', true, '?'], ['/', true, '/'], ['/', false, '/'], [']', false, ']'], ['Enter', true, 'Enter'],
])('%s with Shift %s is %s', (key, shiftKey, pressed) => {
  expect(pressedKey({ key, shiftKey })).toBe(pressed);
});
