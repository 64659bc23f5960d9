import { parseGrid } from './grid';

test('values are read as the launch form reads them', () => {
  expect(parseGrid(['learningRate=1e-4..1e-2 x3 log', 'seed=1..3', 'freeze=head,full', 'horizontalFlip=on,off'])).toEqual({
    ok: true, grid: { learningRate: [0.0001, 0.001, 0.01], seed: [1, 2, 3], freeze: ['head', 'full'], horizontalFlip: [true, false] },
  });
});

test('every pair that is wrong is named', () => {
  expect(parseGrid(['seed', 'learningRate=fast', 'dropout=0..1'])).toEqual({ ok: false, problems: [
    expect.stringContaining('"seed": is not key=values'), expect.stringContaining('"fast" is not a number'), expect.stringContaining('how many'),
  ] });
});
