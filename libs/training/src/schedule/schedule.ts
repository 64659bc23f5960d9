import type { Hyperparameters } from '@thaw/config';
import type { Stage } from '../stages';
import { noPlateau, observePlateau, type PlateauState } from './plateau';
import { rateFactor } from './rate-factor';

/** A batch within a stage; epochs and batches from 0. */
export interface BatchTime {
  stage: Stage;
  epoch: number;
  batch: number;
  batches: number;
}

/** The learning-rate schedule as a run goes through it: every stretch of stages starts it anew. */
export interface Schedule {
  /** How many times larger than the configured ones all rates are. */
  scale: number;
  /** On every learning rate of the stage. */
  factor(time: BatchTime): number;
  /** After an epoch, with what it was monitored by. */
  observe(stage: Stage, value: number): void;
  begin(stage: Stage): void;
  /** All it remembers. */
  plateau(): PlateauState;
}

export function createSchedule(config: Hyperparameters, scale: number, from: PlateauState = noPlateau): Schedule {
  let plateau = from;
  const lowest = ({ headRate }: Stage) => Math.min(1, config.minLearningRate / (headRate * scale));
  return {
    scale,
    factor({ stage, epoch, batch, batches }) {
      const { before, epochs } = stage.schedule;
      const time = { step: (before + epoch) * batches + batch, steps: epochs * batches, stepsPerEpoch: batches };
      return scale * plateau.factor * rateFactor(config, time, lowest(stage));
    },
    observe(stage, value) {
      if (config.schedule !== 'reduce_on_plateau') return;
      const { monitor, mode, decayRate: factor, plateauPatience: patience, plateauCooldown: cooldown } = config;
      // Keras's own default for the least change.
      plateau = observePlateau({ monitor, mode, factor, patience, cooldown, minDelta: 1e-4, lowest: lowest(stage) }, plateau, value);
    },
    begin({ schedule }) {
      if (schedule.before === 0) plateau = noPlateau;
    },
    plateau: () => plateau,
  };
}
