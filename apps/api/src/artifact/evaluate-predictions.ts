/** One validation picture as the model sees it; label and predicted are class indices. */
export interface PredictionRecord {
  /** Picture.id */
  picture: string;
  label: number;
  predicted: number;
  /** probability of the predicted class */
  confidence: number;
}

export interface ClassFigures {
  label: string;
  precision: number;
  recall: number;
  f1: number;
  support: number;
}

/** Rows: true class, columns: predicted class. */
export function confusionMatrix(predictions: readonly PredictionRecord[], classCount: number): number[][] {
  const matrix = Array.from({ length: classCount }, () => new Array<number>(classCount).fill(0));
  for (const { label, predicted } of predictions) matrix[label]![predicted]!++;
  return matrix;
}

/** As scikit-learn's classification_report with zero_division=0. */
export function classReports(matrix: readonly (readonly number[])[], classes: readonly string[]): ClassFigures[] {
  return classes.map((label, index) => {
    const hits = matrix[index]![index]!;
    const support = sum(matrix[index]!);
    const named = sum(matrix.map((row) => row[index]!));
    const precision = named === 0 ? 0 : hits / named;
    const recall = support === 0 ? 0 : hits / support;
    return { label, precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall), support };
  });
}

/** Most confident mistakes first; then what was right, least confident first. Ties keep their order. */
export function byInterest<Record extends PredictionRecord>(predictions: readonly Record[]): Record[] {
  const wrong = predictions.filter(({ label, predicted }) => label !== predicted).sort((a, b) => b.confidence - a.confidence);
  const right = predictions.filter(({ label, predicted }) => label === predicted).sort((a, b) => a.confidence - b.confidence);
  return [...wrong, ...right];
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
