import { memoryBudget } from './memory-budget';
import { plainView } from './augmentation/view';
import { remembered, renderDecoded } from './picture-source';

const mirrored = { ...plainView, mirror: true };
const picture = Uint8Array.from([1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4]);

test('a picture that is shown mirrored stays as it is, whatever kind of bytes it has', () => {
  for (const bytes of [Uint8Array.from(picture), Buffer.from(picture), new Uint8Array(new SharedArrayBuffer(12))]) {
    bytes.set(picture);
    expect([...renderDecoded(bytes, 2, mirrored)]).toEqual([2, 2, 2, 1, 1, 1, 4, 4, 4, 3, 3, 3]);
    expect([...bytes]).toEqual([...picture]);
  }
});

test('pictures are remembered while there is room, and make way for what must stay', async () => {
  const read: number[] = [];
  const budget = memoryBudget(30);
  const source = remembered({ count: 3, labels: new Int32Array(3), read: (index) => { read.push(index); return Promise.resolve(picture); } }, 2, budget);
  const readAll = async () => { for (const index of [0, 1, 2]) await source.read(index, plainView); };
  await readAll();
  await readAll();
  // Two fit.
  expect(read).toEqual([0, 1, 2, 2]);
  expect(budget.take(31)).toBe(false);
  expect(budget.take(20)).toBe(true);
  expect(budget.take(20)).toBe(false);
  await readAll();
  expect(read).toEqual([0, 1, 2, 2, 0, 1, 2]);
  budget.giveBack(20);
  await readAll();
  await readAll();
  expect(read.slice(7)).toEqual([0, 1, 2, 2]);
});
