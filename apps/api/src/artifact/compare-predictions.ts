import type { PredictionRecord } from './evaluate-predictions';

/** One run's word on one picture. */
export interface Verdict {
  /** Place of the run in the list of those compared. */
  run: number;
  predicted: string;
  confidence: number;
  correct: boolean;
}

export interface ComparedRow {
  /** Picture.id, of the first run's dataset version */
  picture: string;
  label: string;
  verdicts: Verdict[];
}

/** What is needed of one run's evaluation: pictures under a key that is the same in all runs. */
export interface KeyedEvaluation {
  classes: readonly string[];
  predictions: readonly (PredictionRecord & { key: string })[];
}

/** Rows for the pictures that every run has seen, so far as evaluations were added. */
export class Comparison {
  private rows = new Map<string, ComparedRow>();
  private runs = 0;
  readonly classes = new Set<string>();

  add({ classes, predictions }: KeyedEvaluation): void {
    const run = this.runs++;
    const next = new Map<string, ComparedRow>();
    for (const name of classes) this.classes.add(name);
    for (const { key, picture, label, predicted, confidence } of predictions) {
      const row = run === 0 ? { picture, label: classes[label]!, verdicts: [] } : this.rows.get(key);
      // The same picture twice in one set counts once.
      if (!row || next.has(key)) continue;
      row.verdicts.push({ run, predicted: classes[predicted]!, confidence, correct: label === predicted });
      next.set(key, row);
    }
    this.rows = next;
  }

  shared(): ComparedRow[] {
    return [...this.rows.values()];
  }
}

const distinct = ({ verdicts }: ComparedRow) => new Set(verdicts.map(({ predicted }) => predicted)).size;
const wrong = ({ verdicts }: ComparedRow) => verdicts.filter(({ correct }) => !correct).length;

/** Share of the runs that do not say what most say: 0 when all agree. */
function disagreement({ verdicts }: ComparedRow): number {
  const counts = new Map<string, number>();
  for (const { predicted } of verdicts) counts.set(predicted, (counts.get(predicted) ?? 0) + 1);
  return 1 - Math.max(...counts.values()) / verdicts.length;
}

export const agreements = {
  ALL: () => true,
  DISAGREE: (row: ComparedRow) => distinct(row) > 1,
  SOME_RIGHT: (row: ComparedRow) => wrong(row) > 0 && wrong(row) < row.verdicts.length,
  ALL_WRONG: (row: ComparedRow) => wrong(row) === row.verdicts.length,
  ALL_RIGHT: (row: ComparedRow) => wrong(row) === 0,
} as const;

export type AgreementName = keyof typeof agreements;

/** Where runs disagree most first, then where most of them are wrong, then where they are surest of a mistake. Ties keep their order. */
export function byDisagreement(rows: readonly ComparedRow[]): ComparedRow[] {
  const surest = ({ verdicts }: ComparedRow) => Math.max(0, ...verdicts.filter(({ correct }) => !correct).map(({ confidence }) => confidence));
  return rows
    .map((row) => ({ row, keys: [disagreement(row), wrong(row) / row.verdicts.length, surest(row)] as const }))
    .sort((a, b) => b.keys[0] - a.keys[0] || b.keys[1] - a.keys[1] || b.keys[2] - a.keys[2])
    .map(({ row }) => row);
}
