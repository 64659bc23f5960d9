import { plainText, segmentsOf } from './ansi';

const shown = (text: string, needle?: string) => segmentsOf(text, needle).map(({ text: part, colour, background, decorations, marked }) => [part, colour, background, [...decorations].join(' '), marked]);

test('colours and decorations end where they are reset', () => {
  expect(shown('a \u001b[1;31mred\u001b[4m and\u001b[0m plain \u001b[92mbright\u001b[m!')).toEqual([
    ['a ', null, null, '', false], ['red', 'var(--ansi-red)', null, 'bold', false], [' and', 'var(--ansi-red)', null, 'bold underline', false],
    [' plain ', null, null, '', false], ['bright', 'var(--ansi-bright-green)', null, '', false], ['!', null, null, '', false],
  ]);
  expect(shown('\u001b[38;5;208mtable\u001b[48;2;1;2;3mrgb\u001b[0m')).toEqual([['table', '#ff8700', null, '', false], ['rgb', '#ff8700', '#010203', '', false]]);
  expect(shown('\u001b[41mon red\u001b[0m\u001b[7mreverse\u001b[33m too')).toEqual([
    ['on red', '#ffffff', '#bb0000', '', false], ['reverse', 'var(--sunken)', 'var(--ink)', 'reverse', false], [' too', '#000000', '#bbbb00', 'reverse', false],
  ]);
});

test('what moves a cursor, sets a title or links draws nothing and swallows nothing', () => {
  expect(plainText('\u001b[2K\u001b[1Gmoved \u001b]8;;http://a.example\u0007link\u001b]8;;\u0007\u001b[?25l my \u0008time\u001b[')).toBe('moved link my time[');
  expect(shown('\u001b[2Kmy \u001b[32mtime\u001b[K')).toEqual([['my ', null, null, '', false], ['time', 'var(--ansi-green)', null, '', false]]);
  expect(plainText('<b>&amp;</b>')).toBe('<b>&amp;</b>');
});

test('a progress bar that was drawn over itself shows its last state', () => {
  expect(plainText(' 10 %\r 50 %\r100 %\r')).toBe('100 %');
  expect(shown('\u001b[31m10\r\u001b[32m99\u001b[0m').map(([text]) => text)).toEqual(['99']);
});

test('what is searched for is marked whatever its case, also across colours', () => {
  expect(shown('Loss lo\u001b[31mss', 'LOSS').map(([text, , , , marked]) => [text, marked])).toEqual([['Loss', true], [' ', false], ['lo', true], ['ss', true]]);
  expect(shown('aaaa', 'aa').map(([text]) => text)).toEqual(['aa', 'aa']);
  expect(shown('no', 'yes')).toEqual([['no', null, null, '', false]]);
});
