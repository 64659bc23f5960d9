export interface Matrix {
  classes: readonly string[];
  /** Rows: true class, columns: predicted class. */
  counts: readonly (readonly number[])[];
}

/** Counts of another order or set of classes in the order of `classes`; what a matrix does not know is 0. */
export function inOrderOf(classes: readonly string[], { classes: own, counts }: Matrix): number[][] {
  const place = new Map(own.map((name, index) => [name, index]));
  const at = (row: string, column: string) => counts[place.get(row) ?? -1]?.[place.get(column) ?? -1] ?? 0;
  return classes.map((row) => classes.map((column) => at(row, column)));
}

export const unionOf = (matrices: readonly Matrix[]): string[] => [...new Set(matrices.flatMap(({ classes }) => classes))];

/** Each row as shares of its sum: how often a class is taken for another, however many pictures it has. */
export function rowShares(counts: readonly (readonly number[])[]): number[][] {
  return counts.map((row) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count) => (total === 0 ? 0 : count / total));
  });
}

export interface CellChange {
  label: string;
  predicted: string;
  before: number;
  after: number;
  /** after − before */
  change: number;
  /** More told right or fewer mistakes; null when nothing changed. */
  better: boolean | null;
}

export interface Difference {
  classes: readonly string[];
  cells: CellChange[][];
  /** Largest change of any cell, without its sign. */
  largest: number;
}

/** What `after` does differently from `before`, cell by cell: counts, or shares of the true class; of some classes only, if given. */
export function matrixDifference(before: Matrix, after: Matrix, unit: 'counts' | 'shares', classes: readonly string[] = unionOf([before, after])): Difference {
  // Shares are of all pictures of a class, those taken for a class that is not shown too.
  const [old, now] = [before, after].map(({ classes: own, counts }) => inOrderOf(classes, { classes: own, counts: unit === 'shares' ? rowShares(counts) : counts })) as [number[][], number[][]];
  const cells = classes.map((label, row) => classes.map((predicted, column) => {
    const change = now[row]![column]! - old[row]![column]!;
    return { label, predicted, before: old[row]![column]!, after: now[row]![column]!, change, better: change === 0 ? null : (row === column) === change > 0 };
  }));
  return { classes, cells, largest: Math.max(0, ...cells.flat().map(({ change }) => Math.abs(change))) };
}

/** The kinds of mistake that changed most, most first; ties in the order of the matrix. */
export function largestChanges({ cells }: Difference, most = 3): CellChange[] {
  return cells.flat().filter(({ label, predicted, change }) => label !== predicted && change !== 0).sort((a, b) => Math.abs(b.change) - Math.abs(a.change)).slice(0, most);
}

/** The classes with the most mistakes, made of them or for them, in the order of the matrix; all when there are no more than `most`. */
export function mostConfused(matrices: readonly Matrix[], most: number): string[] {
  const classes = unionOf(matrices);
  if (classes.length <= most) return classes;
  const mistakes = new Map(classes.map((name) => [name, 0]));
  for (const { classes: own, counts } of matrices) {
    counts.forEach((row, label) => row.forEach((count, predicted) => {
      if (label === predicted || count === 0) return;
      for (const name of [own[label]!, own[predicted]!]) mistakes.set(name, mistakes.get(name)! + count);
    }));
  }
  const kept = new Set([...classes].sort((a, b) => mistakes.get(b)! - mistakes.get(a)!).slice(0, most));
  return classes.filter((name) => kept.has(name));
}

export const narrowedTo = (classes: readonly string[], matrix: Matrix): Matrix => ({ classes, counts: inOrderOf(classes, matrix) });
