import type { Hyperparameters } from '@thaw/config';
import { notStarted, type EarlyStoppingState } from '../early-stopping';
import type { Evaluation } from '../evaluation';

/** How far training has come. */
export interface Progress {
  /** Place in the plan of stages. */
  stage: number;
  /** Epochs that were finished when the stage began; null: it has not begun. */
  epochsBefore: number | null;
  stopping: EarlyStoppingState;
  /** The stage ended early. */
  stopped: boolean;
  /** Nothing is left to train. */
  over: boolean;
  last: FinishedEpoch | null;
  best: FinishedEpoch | null;
  /** null between two epochs */
  running: RunningEpoch | null;
}

export interface FinishedEpoch {
  epoch: number;
  metrics: Record<string, number>;
  evaluation: Evaluation;
}

/** An epoch under way. */
export interface RunningEpoch {
  epoch: number;
  /** Batches that are done, */
  batches: number;
  /** and sums over their pictures. */
  loss: number;
  correct: number;
  times: EpochTimes;
}

/** Where the time of an epoch went, milliseconds; of a continued epoch, in all its parts together. */
export interface EpochTimes {
  /** Trained on. */
  pictures: number;
  /** Training stood still for pictures: waiting for them to be decoded, preparing them, running them through what is frozen. */
  dataMs: number;
  /** Forward, backward, update. */
  stepMs: number;
  evaluationMs: number;
  /** From the first batch to the end of the evaluation; what the others leave is waiting in betweenBatches, and checkpoints. */
  totalMs: number;
}

export const notBegun = (): Progress => ({ stage: 0, epochsBefore: null, stopping: notStarted, stopped: false, over: false, last: null, best: null, running: null });

export const beginEpoch = (epoch: number): RunningEpoch => ({ epoch, batches: 0, loss: 0, correct: 0, times: { pictures: 0, dataMs: 0, stepMs: 0, evaluationMs: 0, totalMs: 0 } });

export const finishedEpochs = ({ last }: Progress): number => last?.epoch ?? 0;

/** The epoch whose weights the model would end with now. */
export function keptEpoch<T>({ best, last }: { best: T | null; last: T | null }, { restoreBestWeights }: Pick<Hyperparameters, 'restoreBestWeights'>): T | null {
  return (restoreBestWeights ? best : null) ?? last;
}
