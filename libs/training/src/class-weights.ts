/** Weight of each class in the loss so that all count the same: pictures / (classes × pictures of the class), as scikit-learn's "balanced". */
export function balancedWeights(labels: ArrayLike<number>, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (let index = 0; index < labels.length; index++) counts[labels[index]!]! += 1;
  return counts.map((count) => (count === 0 ? 1 : labels.length / (classes * count)));
}
