import type { Hyperparameters } from '@thaw/config';
import type { DatasetClass } from '@thaw/db';

/** The four curves that every managed run draws, a value for each epoch; NaN where a loss was not finite. */
export interface Curves {
  'train/loss': readonly number[];
  'train/accuracy': readonly number[];
  'val/loss': readonly number[];
  'val/accuracy': readonly number[];
}
export type CurveKey = keyof Curves;
export const curveKeys: readonly CurveKey[] = ['train/loss', 'train/accuracy', 'val/loss', 'val/accuracy'];

/** A run on the same dataset version. */
export interface Sibling {
  id: string;
  name: string;
  config: Partial<Hyperparameters>;
  backbone: string | null;
  /** Of its best epoch; null while it has none. */
  accuracy: number | null;
}

/** What the rules judge by; nothing in it needs another query. */
export interface Facts {
  name: string;
  backbone: string;
  config: Hyperparameters;
  /** Whether it trained all of its epochs, rather than stopping before. */
  completed: boolean;
  error: string | null;
  /** From 1; the one whose weights were kept. */
  bestEpoch: number | null;
  curves: Curves;
  /** val/accuracy of the best epoch. */
  accuracy: number | null;
  classes: readonly DatasetClass[];
  train: number;
  val: number;
  perClass: readonly { label: string; recall: number; support: number }[] | null;
  mistakes: readonly { picture: string; label: string; predicted: string; confidence: number }[] | null;
  /** Validation pictures that are in training too; null while nobody has looked. */
  leaked: { exactly: number; nearly: number } | null;
  siblings: readonly Sibling[];
}

/** What a run of the rules rests on: a figure, where it was read, and in words what it is. */
export interface Evidence {
  text: string;
  metric: string | null;
  value: number | null;
  /** From 1. */
  epoch: number | null;
  /** Id of a picture of the dataset, where one is meant. */
  picture: string | null;
}

export type Confidence = 'HIGH' | 'MEDIUM' | 'LOW';

export interface Suggestion {
  code: string;
  title: string;
  explanation: string;
  evidence: Evidence[];
  /** Hyperparameters to change in a clone; a list makes several runs. Empty where it is the data that should change. */
  changes: Record<string, unknown>;
  confidence: Confidence;
  reference: string;
}

/** Why a rule says nothing: it looked, and this is what it saw; or it could not look. */
export type Finding = Omit<Suggestion, 'code' | 'reference'> | { fine: string } | { unknown: string };

export interface Rule {
  code: string;
  /** What it looks for, said of a run that may not have it. */
  looksFor: string;
  /** Where its thresholds come from. */
  reference: string;
  judge(facts: Facts): Finding;
}

export const seen = (text: string, metric: string | null = null, value: number | null = null, epoch: number | null = null, picture: string | null = null): Evidence => ({ text, metric, value, epoch, picture });

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
export const figure = (value: number): string => (Number.isFinite(value) ? String(Number(value.toPrecision(3))) : String(value));

/** What is unfrozen besides the head. */
export const unfreezes = ({ freeze, pretrained }: Pick<Hyperparameters, 'freeze' | 'pretrained'>): boolean => !pretrained || freeze !== 'head';

/** The rates a run trains with, each by a factor, to two digits. */
export function ratesTimes({ config }: Facts, factor: number): Record<string, number> {
  const times = (rate: number) => Number((rate * factor).toPrecision(2));
  const head = { learningRate: times(config.learningRate) };
  return config.pretrained && config.freeze !== 'head' ? { ...head, backboneLearningRate: times(config.backboneLearningRate) } : head;
}
