import { appendLines, emptyWindow, mergeLines, passes, type Line, type LogWindow } from './log-window';

const line = (number: number, { claim = 1, text = `line ${number}`, stream = 'STDOUT' as Line['stream'] } = {}): Line =>
  ({ claim, line: number, text, stream, at: '2025-01-01T00:00:00.000Z', cursor: `${claim}:${number}` });
const numbers = (lines: readonly Line[]) => lines.map(({ claim, line: number }) => `${claim}:${number}`);
const everything = { stream: null, contains: '' };

test('lines that arrive twice, late or across a claim stand once and in order', () => {
  const held = [line(3), line(4)];
  expect(numbers(mergeLines(held, [line(5), line(0, { claim: 2 })]))).toEqual(['1:3', '1:4', '1:5', '2:0']);
  expect(numbers(mergeLines(held, [line(1), line(2)]))).toEqual(['1:1', '1:2', '1:3', '1:4']);
  expect(numbers(mergeLines(held, [line(6), line(4), line(5), line(6)]))).toEqual(['1:3', '1:4', '1:5', '1:6']);
  expect(mergeLines(held, [line(4), line(3)])).toBe(held);
});

test('what is appended passes the filter, and nothing is put before a window that begins in the middle', () => {
  const middle: LogWindow = { lines: [line(3)], reachesStart: false, reachesEnd: true };
  expect(numbers(appendLines(middle, [line(1), line(4)], everything).lines)).toEqual(['1:3', '1:4']);
  expect(numbers(appendLines({ ...middle, reachesStart: true }, [line(1), line(4)], everything).lines)).toEqual(['1:1', '1:3', '1:4']);
  const errors = { stream: 'STDERR' as const, contains: 'NaN' };
  expect(numbers(appendLines(emptyWindow, [line(0, { text: 'loss nan', stream: 'STDERR' }), line(1, { text: 'nan' }), line(2, { stream: 'STDERR' })], errors).lines)).toEqual(['1:0']);
  expect(passes(everything, line(0))).toBe(true);
});

test('a log that grows without end lets go of its oldest lines, and says that they are to be read again', () => {
  const long: LogWindow = { lines: Array.from({ length: 200_000 }, (_, index) => line(index)), reachesStart: true, reachesEnd: true };
  const grown = appendLines(long, [line(200_000)], everything);
  expect([grown.reachesStart, grown.lines.length, grown.lines.at(-1)!.line]).toEqual([false, 150_000, 200_000]);
});
