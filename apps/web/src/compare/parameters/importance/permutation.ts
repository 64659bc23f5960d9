import { belongs, type Encoding } from './encode';
import { generator, predictTree, type Forest } from './forest';

export interface Importance {
  id: string;
  /** How much worse trees predict rows they have not seen when this value is shuffled, in units of the target's variance. */
  mean: number;
  /** Standard error of that over the trees. */
  error: number;
}

/** Permutation importance (Breiman 2001, section 10). All features of one value are shuffled together. */
export function permutationImportance({ trees, unseen }: Forest, { features, parts }: Encoding, target: Float64Array, seed = 1): Importance[] {
  const random = generator(seed);
  const variance = varianceOf(target) || 1;
  return parts.map((part) => {
    const rises = trees.map((tree, index) => {
      const rows = unseen[index]!;
      const others = shuffle(rows, random);
      let rise = 0;
      rows.forEach((row, place) => {
        const own = predictTree(tree, (feature) => features[feature]![row]!);
        const shuffled = predictTree(tree, (feature) => features[feature]![belongs(part, feature) ? others[place]! : row]!);
        rise += (shuffled - target[row]!) ** 2 - (own - target[row]!) ** 2;
      });
      return rows.length > 0 ? rise / rows.length / variance : 0;
    });
    const mean = rises.reduce((sum, rise) => sum + rise, 0) / rises.length;
    return { id: part.id, mean, error: Math.sqrt(varianceOf(rises) / rises.length) };
  });
}

function varianceOf(values: ArrayLike<number>): number {
  const all = Array.from(values);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  return all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length;
}

function shuffle(values: Int32Array, random: () => number): Int32Array {
  const result = values.slice();
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other]!, result[last]!];
  }
  return result;
}
