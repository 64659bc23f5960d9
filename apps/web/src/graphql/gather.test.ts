import { gather } from './gather';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('what comes within the rest is passed on at once, in order', () => {
  const passed: number[][] = [];
  const gathering = gather<number>(250, (parts) => passed.push(parts));
  gathering.add([1]);
  jest.advanceTimersByTime(200);
  gathering.add([2, 3]);
  expect(passed).toEqual([]);
  jest.advanceTimersByTime(50);
  expect(passed).toEqual([[1, 2, 3]]);
  gathering.add([4]);
  jest.advanceTimersByTime(250);
  expect(passed).toEqual([[1, 2, 3], [4]]);
});

test('the end passes on what waits, once, and nothing where nothing came', () => {
  const passed: number[][] = [];
  const gathering = gather<number>(250, (parts) => passed.push(parts));
  gathering.finish();
  gathering.add([]);
  jest.advanceTimersByTime(300);
  expect(passed).toEqual([]);
  gathering.add([1]);
  gathering.finish();
  jest.advanceTimersByTime(300);
  expect(passed).toEqual([[1]]);
});
