import type { Hyperparameters } from '@thaw/config';
import { createBestWeights, type BestWeights } from '../best-weights';
import type { FoundLearningRate } from '../learning-rate-finder/find-learning-rate';
import type { Network } from '../network/network';
import type { Reused } from '../open-stage';
import { createOptimizer, type Optimizer } from '../optimizer/optimizer';
import { createSchedule, type Schedule } from '../schedule/schedule';
import { notBegun, type Progress } from './progress';

/** Everything that changes while a network is trained. */
export interface Training {
  config: Hyperparameters;
  network: Network;
  optimizer: Optimizer;
  bestWeights: BestWeights;
  schedule: Schedule;
  /** What the learning-rate finder found, once it has looked. */
  found: FoundLearningRate | null;
  progress: Progress;
  /** Of the stage it is in; null before its pictures are ready. */
  reused: Reused | null;
  dispose(): void;
}

export function beginTraining(network: Network, config: Hyperparameters): Training {
  const optimizer = createOptimizer(config);
  const bestWeights = createBestWeights();
  return {
    config, network, optimizer, bestWeights, schedule: createSchedule(config, 1), found: null, progress: notBegun(), reused: null,
    dispose() {
      optimizer.dispose();
      bestWeights.dispose();
    },
  };
}
