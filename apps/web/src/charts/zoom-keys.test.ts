import { keyAction } from './zoom-keys';

const press = (key: string, shown: [number, number], options: { shiftKey?: boolean; log?: boolean; at?: number; whole?: [number, number] } = {}) =>
  keyAction({ key, shiftKey: options.shiftKey ?? false, ctrlKey: false, metaKey: false, altKey: false }, shown, options.whole ?? [1, 100], options.at ?? null, options.log ?? false);

test('zooming out ends where the points end', () => {
  expect(press('-', [10, 30])).toEqual({ zoom: [1, 40] });
  expect(press('-', [10, 90])).toEqual({ zoom: null });
  expect(press('-', [10, 1000], { log: true, whole: [1, 1e6] })).toEqual({ zoom: [1, 10_000] });
  expect(press('-', [10, 30], { whole: [0, Number.POSITIVE_INFINITY] })).toEqual({ zoom: [0, 40] });
});

test('a part is moved no farther than the points reach', () => {
  expect(press('ArrowRight', [10, 30], { shiftKey: true })).toEqual({ zoom: [15, 35] });
  expect(press('ArrowRight', [78, 98], { shiftKey: true })).toEqual({ zoom: [80, 100] });
  expect(press('ArrowLeft', [2, 22], { shiftKey: true })).toEqual({ zoom: [1, 21] });
});

test('plus halves what is shown, around the cursor', () => {
  expect(press('+', [10, 30])).toEqual({ zoom: [15, 25] });
  expect(press('+', [10, 30], { at: 28 })).toEqual({ zoom: [23, 33] });
});
