import type { Hyperparameters } from '@thaw/config';
import type { LoadedBackbone } from '@thaw/model-zoo';
import { createBetweenBatches } from '../between-batches';
import { CheckpointUnfit, type Checkpoint } from '../checkpoint/checkpoint';
import type { Evaluation } from '../evaluation';
import { fineTune, type FineTuned, type FineTuneOptions } from '../fine-tune';
import type { ModelFile } from '../save-model';
import { baselineFiles, openBaselines } from './baseline-checkpoint';
import { pairedGain } from './paired-bootstrap';
import { randomiseBackbone } from './random-backbone';

/** What a run is compared with: the whole network trained from scratch, or a head on random, frozen weights. */
export type Baseline = 'twin' | 'probe';

export interface TransferGain {
  baseline: Baseline;
  /** Of the baseline, on the run's validation pictures. null, with all that follows from it, when there is a problem. */
  accuracy: number | null;
  /** The run's accuracy minus the baseline's, and the 95 % interval of that. */
  gain: number | null;
  low: number | null;
  high: number | null;
  bestEpoch: number;
  epochs: number;
  /** Why there is no figure: the baseline diverged, say. */
  problem: string | null;
}

export interface MeasureGainOptions extends Pick<FineTuneOptions, 'classes' | 'train' | 'val' | 'config' | 'checkpointEveryMs' | 'betweenBatches'> {
  /** Of the run itself, on `val`. */
  evaluation: Pick<Evaluation, 'correct'>;
  /** The run's own, which checkpoints taken here carry along and count on. */
  checkpoint?: FineTuned['checkpoint'];
  epochs?: number;
  /** A fresh copy each time: training changes it. */
  loadBackbone(): Promise<LoadedBackbone>;
  onPhase?(phase: string): void;
  onEpoch?(baseline: Baseline, epoch: number, metrics: Record<string, number>): void | Promise<void>;
  /**
   * Files of a checkpoint of this run, the same that fineTune was given: of its own training nothing is trained again, and
   * of the baselines what they had come to goes on. One of the run's own training starts them. Throws CheckpointUnfit.
   */
  resumeFrom?: readonly ModelFile[];
  /** After every epoch of a baseline, within long ones, after each baseline, and before the run ends that goes on later. */
  onCheckpoint?(checkpoint: Checkpoint): void;
  /** Leaves out the baseline that trains, and those after it. */
  finishEarly?: AbortSignal;
  signal: AbortSignal;
}

/** The baselines a configuration asks for. A run from scratch has nothing to be compared with. */
export function baselinesOf({ pretrained, transferGain }: Hyperparameters): Baseline[] {
  if (!pretrained || transferGain === 'off') return [];
  return transferGain === 'both' ? ['probe', 'twin'] : [transferGain];
}

/**
 * Trains each baseline on the same pictures with the same seed, recipe and epochs, and compares it with the run picture by
 * picture. A baseline that fails is reported as such and fails nothing else; only the signal throws, and a checkpoint that
 * does not fit.
 */
export async function measureTransferGain(options: MeasureGainOptions): Promise<TransferGain[]> {
  const wanted = baselinesOf(options.config);
  if (wanted.length === 0) return [];
  const { gains, underWay } = openBaselines(options.resumeFrom ?? []);
  for (const baseline of wanted.slice(gains.length)) {
    const before = gains.reduce((sum, { epochs }) => sum + epochs, options.epochs ?? 0);
    const take = (epoch: number, batch: number, own: readonly ModelFile[]) => options.onCheckpoint?.({
      epoch: before + epoch, batch, best: false, during: baseline, files: [...(options.checkpoint ?? []), ...baselineFiles(gains, baseline, own)],
    });
    const resumeFrom = underWay?.baseline === baseline ? underWay.files : undefined;
    const gain = await compareWith(baseline, { ...options, resumeFrom, onCheckpoint: options.onCheckpoint && (({ epoch, batch, files }) => take(epoch, batch, files)) });
    gains.push(gain);
    take(gain.epochs, 0, []);
  }
  return gains;
}

async function compareWith(baseline: Baseline, options: MeasureGainOptions): Promise<TransferGain> {
  const { config, evaluation, signal, finishEarly } = options;
  let epochs = 0;
  let trained: FineTuned | null = null;
  try {
    finishEarly?.throwIfAborted();
    trained = await trainBaseline(baseline, { ...options, onEpoch: (_, epoch, metrics) => { epochs = epoch; return options.onEpoch?.(baseline, epoch, metrics); } });
    signal.throwIfAborted();
    finishEarly?.throwIfAborted();
    epochs = trained.epochs;
    const { endReason, error, bestEpoch, evaluation: { accuracy, correct } } = trained;
    if (endReason === 'ERROR') throw new Error(error ?? 'Its training broke off.');
    return { baseline, accuracy, ...pairedGain(evaluation.correct, correct, config.seed), bestEpoch, epochs, problem: null };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof CheckpointUnfit) throw error;
    const problem = finishEarly?.aborted ? 'The run was finished early, without it.' : (error as Error).message;
    return { baseline, accuracy: null, gain: null, low: null, high: null, bestEpoch: 0, epochs, problem };
  } finally {
    trained?.dispose();
  }
}

async function trainBaseline(baseline: Baseline, options: MeasureGainOptions): Promise<FineTuned> {
  const { loadBackbone, onPhase, onEpoch, classes, train, val, config, resumeFrom, onCheckpoint, checkpointEveryMs, betweenBatches } = options;
  const signal = options.finishEarly ? AbortSignal.any([options.signal, options.finishEarly]) : options.signal;
  onPhase?.(`${baseline}: loading`);
  const backbone = await loadBackbone();
  if (baseline === 'probe') {
    try {
      await randomiseBackbone(backbone, train, { ...config, betweenBatches: createBetweenBatches(signal, betweenBatches) });
    } catch (error) {
      backbone.model.dispose();
      throw error;
    }
  }
  return fineTune({
    backbone, classes, train, val, signal, resumeFrom, onCheckpoint, checkpointEveryMs, betweenBatches,
    config: baseline === 'twin' ? { ...config, pretrained: false, freezeUpTo: undefined } : { ...config, freeze: 'head' },
    onPhase: (phase) => onPhase?.(`${baseline}: ${phase}`),
    onEpoch: (epoch, metrics) => onEpoch?.(baseline, epoch, metrics),
  });
}
