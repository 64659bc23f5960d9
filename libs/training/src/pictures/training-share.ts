import { randomStream, shuffled } from '../random';

/**
 * Which of the training pictures a run trains with, ascending: this share of each class, at least one. A smaller share of
 * the same seed is part of a larger one, so that runs over several shares differ by the pictures added alone.
 */
export function trainingShare(labels: ArrayLike<number>, share: number, seed: number): number[] {
  const classes = new Map<number, number[]>();
  for (let index = 0; index < labels.length; index++) {
    const label = labels[index]!;
    const members = classes.get(label);
    if (members) members.push(index);
    else classes.set(label, [index]);
  }
  return [...classes].flatMap(([label, members]) => {
    const order = shuffled(members.length, randomStream(seed, 'training share', label));
    return order.slice(0, Math.max(1, Math.round(share * members.length))).map((place) => members[place]!);
  }).sort((a, b) => a - b);
}
