import { train } from '../testing';
import { trainingShare } from './training-share';

/** 200, 50 and 3 pictures, their classes taking turns as in no order a dataset would have. */
const labels = Array.from({ length: 253 }, (_, index) => (index % 80 === 7 && index < 240 ? 2 : index % 5 === 0 ? 1 : 0));
const count = (indexes: readonly number[], label: number, of: ArrayLike<number> = labels) => indexes.filter((index) => of[index] === label).length;
const sizes = [0, 1, 2].map((label) => labels.filter((each) => each === label).length);

test('a share takes as much of each class, and at least one of the smallest', () => {
  for (const share of [0.001, 0.1, 0.25, 0.5, 0.9]) {
    const taken = trainingShare(labels, share, 1);
    expect([0, 1, 2].map((label) => count(taken, label))).toEqual(sizes.map((size) => Math.max(1, Math.round(share * size))));
    expect(new Set(taken).size).toBe(taken.length);
    expect([...taken].sort((a, b) => a - b)).toEqual(taken);
  }
});

test('all is every picture in its order', () => {
  expect(trainingShare(labels, 1, 3)).toEqual(labels.map((_, index) => index));
});

test('a smaller share is part of a larger one; another seed takes others', () => {
  let smaller: number[] = [];
  for (const share of [0.01, 0.05, 0.1, 0.33, 0.5, 0.75, 1]) {
    const larger = trainingShare(labels, share, 7);
    expect(larger).toEqual(expect.arrayContaining(smaller));
    smaller = larger;
  }
  expect(trainingShare(labels, 0.2, 1)).toEqual(trainingShare(labels, 0.2, 1));
  expect(trainingShare(labels, 0.2, 2)).not.toEqual(trainingShare(labels, 0.2, 1));
});

test('of sixty handwritten digits a quarter is three of each', () => {
  const taken = trainingShare(train.labels, 0.25, 1);
  expect([0, 1, 2, 3, 4].map((label) => count(taken, label, train.labels))).toEqual([3, 3, 3, 3, 3]);
});
