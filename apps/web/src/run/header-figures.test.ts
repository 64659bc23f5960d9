import { headerFigures } from './header-figures';

const metrics = [{ key: 'val/accuracy', last: 0.6, min: 0.5, max: 0.75 }, { key: 'val/loss', last: 1.2, min: 0.9, max: 2 }];

test('while a run trains, its figures are the best so far and say so', () => {
  expect(headerFigures({ kind: 'MANAGED', bestEpoch: null, finalMetrics: [], metrics })).toEqual([{ key: 'val/accuracy', of: 'max', value: 0.75 }, { key: 'val/loss', of: 'min', value: 0.9 }]);
});

test('once it has ended, they are those of the epoch that was restored', () => {
  const finalMetrics = [{ key: 'val/accuracy', value: 0.75 }, { key: 'val/loss', value: 1 }];
  expect(headerFigures({ kind: 'MANAGED', bestEpoch: 8, finalMetrics, metrics })).toEqual([{ key: 'val/accuracy', of: 'epoch 8', value: 0.75 }, { key: 'val/loss', of: 'epoch 8', value: 1 }]);
});

test('a script says itself what its run stands for', () => {
  expect(headerFigures({ kind: 'EXTERNAL', bestEpoch: null, finalMetrics: [{ key: 'f1', value: 0.8 }], metrics })).toEqual([{ key: 'f1', value: 0.8 }]);
  expect(headerFigures({ kind: 'EXTERNAL', bestEpoch: null, finalMetrics: [], metrics })).toEqual([{ key: 'val/accuracy', value: 0.6 }, { key: 'val/loss', value: 1.2 }]);
});
