import { groupMarks } from './group-marks';

test('groups are in the order of their numbers, each with a mark that no other has', () => {
  const marks = groupMarks(new Map(Array.from({ length: 30 }, (_, index) => [`run-${index}`, `batchSize ${(index * 7) % 10}`])));
  expect(marks.map(({ name }) => name)).toEqual(Array.from({ length: 10 }, (_, index) => `batchSize ${index}`));
  expect(new Set(marks.map(({ colour, dash }) => colour + dash.join())).size).toBe(10);
});
