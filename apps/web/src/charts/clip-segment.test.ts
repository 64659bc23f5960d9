import fc from 'fast-check';
import { isInside, partInside } from './clip-segment';

const frame = { left: 0, top: 0, right: 100, bottom: 50 };

test.each([
  ['within', [10, 10, 90, 40], [0, 1]],
  ['entering', [-50, 25, 50, 25], [0.5, 1]],
  ['leaving', [50, 25, 50, 125], [0, 0.25]],
  ['across', [-100, 25, 200, 25], [1 / 3, 2 / 3]],
  ['past a corner', [-40, 30, 10, -20], null],
  ['beside, along an edge', [0, 60, 100, 60], null],
] as const)('a segment %s', (_, [ax, ay, bx, by], expected) => {
  const part = partInside(frame, ax, ay, bx, by);
  if (expected === null) expect(part).toBeNull();
  else expect(part!.map((share) => share.toFixed(6))).toEqual(expected.map((share) => share.toFixed(6)));
});

test('what is cut off lies outside, what is kept inside', () => {
  const far = fc.integer({ min: -1000, max: 1000 });
  fc.assert(fc.property(far, far, far, far, fc.integer({ min: 0, max: 100 }), (ax, ay, bx, by, percent) => {
    const share = percent / 100;
    const part = partInside(frame, ax, ay, bx, by);
    const [x, y] = [ax + (bx - ax) * share, ay + (by - ay) * share];
    const isKept = part !== null && share >= part[0] && share <= part[1];
    const slack = 1e-9;
    if (isKept) expect(isInside({ left: -slack, top: -slack, right: 100 + slack, bottom: 50 + slack }, x, y)).toBe(true);
    else expect(isInside({ left: slack, top: slack, right: 100 - slack, bottom: 50 - slack }, x, y)).toBe(false);
  }));
});
