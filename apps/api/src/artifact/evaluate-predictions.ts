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

export type AverageFigures = Pick<ClassFigures, 'precision' | 'recall' | 'f1'>;

/** As scikit-learn's "macro avg", every class the same, and "weighted avg", by support. Classes without pictures count in the first, with 0. */
export function averages(reports: readonly ClassFigures[]): { macro: AverageFigures; weighted: AverageFigures } {
  const mean = (weightOf: (report: ClassFigures) => number): AverageFigures => {
    const total = sum(reports.map(weightOf)) || 1;
    const of = (name: keyof AverageFigures) => sum(reports.map((report) => report[name] * weightOf(report))) / total;
    return { precision: of('precision'), recall: of('recall'), f1: of('f1') };
  };
  return { macro: mean(() => 1), weighted: mean(({ support }) => support) };
}

/** Most confident mistakes first; then what was right, least confident first. Ties keep their order. */
export function byInterest<Record extends PredictionRecord>(predictions: readonly Record[]): Record[] {
  const wrong = predictions.filter(({ label, predicted }) => label !== predicted).sort((a, b) => b.confidence - a.confidence);
  const right = predictions.filter(({ label, predicted }) => label === predicted).sort((a, b) => a.confidence - b.confidence);
  return [...wrong, ...right];
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
