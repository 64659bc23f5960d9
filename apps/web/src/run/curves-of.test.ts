import { curvesOf } from './curves-of';

test('training and validation of one figure share a curve, training first; the rest stand alone', () => {
  const curves = curvesOf(['val/loss', 'train/loss', 'train/only', 'loss/inner', 'lr']);
  expect(curves.map(({ title, lines }) => [title, ...lines.map(({ key }) => key)])).toEqual([
    ['loss', 'train/loss', 'val/loss'], ['only', 'train/only'], ['loss/inner', 'loss/inner'], ['lr', 'lr'],
  ]);
});
