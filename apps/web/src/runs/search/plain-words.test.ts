import { parseSearch } from '@thaw/search';
import { asSearch } from './plain-words';

const makesSense = (text: string) => parseSearch(text).problems.length === 0;

test.each([
  ['flowers', '"flowers"'],
  ['head mobilenet-99', '"head" "mobilenet-99"'],
  [' tag = best ', 'tag = best'],
  ['"a b"', '"a b"'],
  ['val/accuracy >', 'val/accuracy >'],
  ['tag = best and', 'tag = best and'],
  ['status in', 'status in'],
  ['', ''],
])('%j searches for %j', (typed, search) => {
  expect(asSearch(typed, makesSense)).toBe(search);
});
