import { insertBlock, prefix, wrap, type Edit } from './marks';

const apply = (text: string, { start, end, replacement, select }: Edit) => {
  const next = text.slice(0, start) + replacement + text.slice(end);
  return `${next.slice(0, select[0])}[${next.slice(...select)}]${next.slice(select[1])}`;
};

test('a mark goes around the selection, and away again', () => {
  expect(apply('a word here', wrap('a word here', 2, 6, '**'))).toBe('a **[word]** here');
  expect(apply('a **word** here', wrap('a **word** here', 4, 8, '**'))).toBe('a [word] here');
});

test('a prefix goes before every line, and away again', () => {
  expect(apply('one\ntwo\nthree', prefix('one\ntwo\nthree', 1, 5, '- '))).toBe('[- one\n- two]\nthree');
  expect(apply('- one\n- two', prefix('- one\n- two', 0, 11, '- '))).toBe('[one\ntwo]');
});

test('a block stands alone', () => {
  expect(apply('', insertBlock('', 0, 'B'))).toBe('B\n\n[]');
  expect(apply('text', insertBlock('text', 4, 'B'))).toBe('text\n\nB\n\n[]');
  expect(apply('text\n\n/', insertBlock('text\n\n/', 7, 'B'))).toBe('text\n\nB\n\n[]');
  expect(apply('above\n\nbelow', insertBlock('above\n\nbelow', 6, 'B'))).toBe('above\n\nB\n\n[]below'.replace('B\n\n[]below', 'B\n[]\nbelow'));
});
