import { csvCell, csvRow } from './csv';

test.each([
  [undefined, ''], [0.1, '0.1'], [-3, '-3'], ['plain', 'plain'], ['a,b', '"a,b"'], ['a "b"', '"a ""b"""'], ['two\nlines', '"two\nlines"'], ['=1+1', "'=1+1"], ['-x', "'-x"], ['@a,b', '"\'@a,b"'], [{ a: [1] }, '"{""a"":[1]}"'], [true, 'true'],
])('a cell of %j is %j', (value, expected) => {
  expect(csvCell(value)).toBe(expected);
});

test('a row ends as RFC 4180 has it', () => {
  expect(csvRow(['a', undefined, 2])).toBe('a,,2\r\n');
});
