import type { Hyperparameters } from '@thaw/config';
import type { LoadedBackbone } from '@thaw/model-zoo';
import type { Evaluation } from '../evaluation';
import { fineTune, type FineTuned, type FineTuneOptions } from '../fine-tune';
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

export interface MeasureGainOptions extends Pick<FineTuneOptions, 'classes' | 'train' | 'val' | 'config'> {
  /** Of the run itself, on `val`. */
  evaluation: Pick<Evaluation, 'correct'>;
  /** A fresh copy each time: training changes it. */
  loadBackbone(): Promise<LoadedBackbone>;
  onPhase?(phase: string): void;
  onEpoch?(baseline: Baseline, epoch: number, metrics: Record<string, number>): void | Promise<void>;
  signal: AbortSignal;
}

/** The baselines a configuration asks for. A run from scratch has nothing to be compared with. */
export function baselinesOf({ pretrained, transferGain }: Hyperparameters): Baseline[] {
  if (!pretrained || transferGain === 'off') return [];
  return transferGain === 'both' ? ['probe', 'twin'] : [transferGain];
}

/**
 * Trains each baseline on the same pictures with the same seed, recipe and epochs, and compares it with the run picture by
 * picture. A baseline that fails is reported as such and fails nothing else; only the signal throws.
 */
export async function measureTransferGain(options: MeasureGainOptions): Promise<TransferGain[]> {
  const gains: TransferGain[] = [];
  for (const baseline of baselinesOf(options.config)) gains.push(await compareWith(baseline, options));
  return gains;
}

async function compareWith(baseline: Baseline, options: MeasureGainOptions): Promise<TransferGain> {
  const { config, evaluation, signal } = options;
  let epochs = 0;
  let trained: FineTuned | null = null;
  try {
    trained = await trainBaseline(baseline, { ...options, onEpoch: (_, epoch, metrics) => { epochs = epoch; return options.onEpoch?.(baseline, epoch, metrics); } });
    signal.throwIfAborted();
    const { endReason, error, bestEpoch, evaluation: { accuracy, correct } } = trained;
    if (endReason === 'ERROR') throw new Error(error ?? 'Its training broke off.');
    return { baseline, accuracy, ...pairedGain(evaluation.correct, correct, config.seed), bestEpoch, epochs, problem: null };
  } catch (error) {
    signal.throwIfAborted();
    return { baseline, accuracy: null, gain: null, low: null, high: null, bestEpoch: 0, epochs, problem: (error as Error).message };
  } finally {
    trained?.dispose();
  }
}

async function trainBaseline(baseline: Baseline, { loadBackbone, onPhase, onEpoch, classes, train, val, config, signal }: MeasureGainOptions): Promise<FineTuned> {
  onPhase?.(`${baseline}: loading`);
  const backbone = await loadBackbone();
  if (baseline === 'probe') {
    try {
      await randomiseBackbone(backbone, train, { ...config, signal });
    } catch (error) {
      backbone.model.dispose();
      throw error;
    }
  }
  return fineTune({
    backbone, classes, train, val, signal,
    config: baseline === 'twin' ? { ...config, pretrained: false, freezeUpTo: undefined } : { ...config, freeze: 'head' },
    onPhase: (phase) => onPhase?.(`${baseline}: ${phase}`),
    onEpoch: (epoch, metrics) => onEpoch?.(baseline, epoch, metrics),
  });
}
