/** Columns of numbers, all as long as the values to predict. */
export type Features = readonly Float64Array[];

/** Nodes by number, the root first; a leaf has feature −1. */
interface Tree { feature: number[]; threshold: number[]; left: number[]; right: number[]; value: number[] }

export interface Forest {
  trees: Tree[];
  /** Rows that each tree has not seen. */
  unseen: Int32Array[];
}

const bins = 128;

/**
 * Random forest for regression (Breiman 2001): each tree on rows drawn with replacement, each split the best of a third of
 * the features. Thresholds are looked for among up to 128 quantiles, so that a node costs its rows and not their square.
 */
export function growForest(features: Features, target: Float64Array, { trees: count = 150, seed = 1, leaf = target.length > 200 ? 5 : 2 } = {}): Forest {
  const random = generator(seed);
  const rows = target.length;
  const binned = features.map(intoBins);
  const trees: Tree[] = [];
  const unseen: Int32Array[] = [];
  for (let tree = 0; tree < count; tree++) {
    const drawn = Int32Array.from({ length: rows }, () => Math.floor(random() * rows));
    const seen = new Set(drawn);
    unseen.push(Int32Array.from({ length: rows }, (_, row) => row).filter((row) => !seen.has(row)));
    trees.push(growTree(binned, target, drawn, leaf, random));
  }
  return { trees, unseen };
}

export function predictTree({ feature, threshold, left, right, value }: Tree, at: (feature: number) => number): number {
  let node = 0;
  while (feature[node]! >= 0) node = at(feature[node]!) < threshold[node]! ? left[node]! : right[node]!;
  return value[node]!;
}

export function predict({ trees }: Forest, at: (feature: number) => number): number {
  let sum = 0;
  for (const tree of trees) sum += predictTree(tree, at);
  return sum / trees.length;
}

/** Share of the variance that trees explain in rows they have not seen: 1 is all, 0 no more than the mean, below 0 worse. */
export function outOfBagR2({ trees, unseen }: Forest, features: Features, target: Float64Array): number {
  const sums = new Float64Array(target.length);
  const counts = new Int32Array(target.length);
  trees.forEach((tree, index) => {
    for (const row of unseen[index]!) {
      sums[row]! += predictTree(tree, (feature) => features[feature]![row]!);
      counts[row]! += 1;
    }
  });
  const rows = [...target.keys()].filter((row) => counts[row]! > 0);
  const mean = rows.reduce((sum, row) => sum + target[row]!, 0) / rows.length;
  const missed = rows.reduce((sum, row) => sum + (sums[row]! / counts[row]! - target[row]!) ** 2, 0);
  const total = rows.reduce((sum, row) => sum + (target[row]! - mean) ** 2, 0);
  return total > 0 ? 1 - missed / total : Number.NaN;
}

interface Binned { bin: Uint8Array; thresholds: Float64Array }

/** The bin of each row, and the threshold between each bin and the next. */
function intoBins(values: Float64Array): Binned {
  const distinct = [...new Set(values)].sort((a, b) => a - b);
  const sorted = Float64Array.from(values).sort();
  const edges = distinct.length <= bins ? distinct : [...new Set(Array.from({ length: bins }, (_, bin) => sorted[Math.floor((bin * sorted.length) / bins)]!))];
  const thresholds = Float64Array.from({ length: edges.length - 1 }, (_, at) => (distinct.length <= bins ? (edges[at]! + edges[at + 1]!) / 2 : edges[at + 1]!));
  const bin = Uint8Array.from(values, (value) => {
    let [low, high] = [0, thresholds.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value < thresholds[middle]!) high = middle;
      else low = middle + 1;
    }
    return low;
  });
  return { bin, thresholds };
}

function growTree(features: readonly Binned[], target: Float64Array, rows: Int32Array, leaf: number, random: () => number): Tree {
  const tree: Tree = { feature: [], threshold: [], left: [], right: [], value: [] };
  const grow = (members: Int32Array): number => {
    const node = tree.feature.push(-1) - 1;
    tree.threshold.push(0);
    tree.left.push(0);
    tree.right.push(0);
    tree.value.push(members.reduce((sum, row) => sum + target[row]!, 0) / members.length);
    const split = members.length >= 2 * leaf ? bestSplit(features, target, members, leaf, random) : null;
    if (!split) return node;
    const { bin, thresholds } = features[split.feature]!;
    tree.feature[node] = split.feature;
    tree.threshold[node] = thresholds[split.after]!;
    tree.left[node] = grow(members.filter((row) => bin[row]! <= split.after));
    tree.right[node] = grow(members.filter((row) => bin[row]! > split.after));
    return node;
  };
  grow(rows);
  return tree;
}

/** The split that leaves the least squared error, of a third of the features that are not constant here. */
function bestSplit(features: readonly Binned[], target: Float64Array, members: Int32Array, leaf: number, random: () => number): { feature: number; after: number } | null {
  const order = features.map((_, index) => index);
  let tried = 0;
  let best: { feature: number; after: number; gain: number } | null = null;
  const total = members.reduce((sum, row) => sum + target[row]!, 0);
  const count = members.length;
  const enough = Math.max(1, Math.ceil(features.length / 3));
  for (let last = order.length - 1; last >= 0 && tried < enough; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other]!, order[last]!];
    const feature = order[last]!;
    const { bin, thresholds } = features[feature]!;
    const sums = new Float64Array(thresholds.length + 1);
    const counts = new Int32Array(thresholds.length + 1);
    for (const row of members) {
      sums[bin[row]!]! += target[row]!;
      counts[bin[row]!]! += 1;
    }
    let [sum, below, varies] = [0, 0, false];
    for (let after = 0; after < thresholds.length; after++) {
      sum += sums[after]!;
      below += counts[after]!;
      if (below > 0 && below < count) varies = true;
      if (counts[after] === 0 || below < leaf || count - below < leaf) continue;
      const gain = sum ** 2 / below + (total - sum) ** 2 / (count - below) - total ** 2 / count;
      if (gain > 1e-12 && (!best || gain > best.gain)) best = { feature, after, gain };
    }
    if (varies) tried += 1;
  }
  return best;
}

/** mulberry32: numbers in [0, 1) that the seed decides. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
