import type { ModelFile } from '../save-model';
import { createCapture } from './capture';
import type { Checkpoint } from './checkpoint';
import type { Identity } from './identity';
import { finishedEpochs, keptEpoch } from './progress';
import type { Training } from './training';

/** When checkpoints are taken. */
export interface Checkpoints {
  /** Takes one when the last was long ago. */
  afterBatch(): void;
  /** An epoch has ended, or training is over. */
  afterEpoch(): void;
  /** Takes the last one, unless nothing has happened since the last. */
  interrupted(): void;
  /** The one that was taken when training was over. */
  final(): ModelFile[] | null;
}

interface CheckpointsOptions {
  training: Training;
  identity: Identity;
  /** milliseconds between two within an epoch */
  every: number;
  onCheckpoint?(checkpoint: Checkpoint): void;
}

export function createCheckpoints({ training, identity, every, onCheckpoint }: CheckpointsOptions): Checkpoints {
  const capture = createCapture(training, identity);
  const { progress, config } = training;
  let takenAt = performance.now();
  const standing = () => `${finishedEpochs(progress)} ${progress.running?.batches ?? 0} ${progress.over}`;
  let takenOf = standing();
  let final: ModelFile[] | null = null;

  const take = () => {
    const files = capture();
    if (progress.over) final = files;
    const { running, last } = progress;
    const batch = running?.batches ?? 0;
    const epoch = batch > 0 ? running!.epoch : finishedEpochs(progress);
    onCheckpoint?.({ epoch, batch, best: batch === 0 && last !== null && keptEpoch(progress, config) === last, files, during: 'training' });
    takenAt = performance.now();
    takenOf = standing();
  };
  return onCheckpoint
    ? {
        afterBatch() {
          if (performance.now() - takenAt >= every) take();
        },
        afterEpoch: take,
        interrupted() {
          if (takenOf !== standing()) take();
        },
        final: () => final,
      }
    : { afterBatch() {}, afterEpoch() {}, interrupted() {}, final: () => null };
}
