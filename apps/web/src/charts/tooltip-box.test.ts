import { placed } from './tooltip-box';

const chart = { from: -58, to: 442, middle: 210, height: 200 };
const box = { width: 180, height: 60 };

test('a box stands beside the cursor, on the side with more room', () => {
  expect(placed({ left: 100, top: 80 }, box, chart)).toEqual({ left: 114, top: 70 });
  expect(placed({ left: 400, top: 195 }, box, chart)).toEqual({ left: 206, top: 140 });
});

test('where no side has room it stays within the chart, over or under the cursor', () => {
  const narrow = { from: -58, to: 262, middle: 120, height: 200 };
  expect(placed({ left: 110, top: 30 }, { width: 300, height: 60 }, narrow)).toEqual({ left: -38, top: 44 });
  expect(placed({ left: 200, top: 150 }, { width: 320, height: 60 }, narrow)).toEqual({ left: -58, top: 76 });
});
