import type { ArtifactKind, Client } from '@thaw/client';
import type { Hyperparameters } from '@thaw/config';
import { fineTune, measureTransferGain, type FeatureStore, type FineTuned, type ModelFile, type TransferGain } from '@thaw/training';
import type { ClaimedRun, Interruption } from '../claim';
import type { Decoder } from '../data/decode/decode-pool';
import { loadRun, type RunMaterial } from '../data/load-run';
import type { FromExecutor, Result } from '../messages';
import { isOutOfMemory } from '../out-of-memory';
import { evaluationFile } from './evaluation-file';
import { gainMetrics, underBaseline } from './gain-metrics';
import { epochLine } from './narrate';
import { wire, type Report } from './report';
import { writeFiles } from './scratch';

export interface Execution {
  client: Client;
  claim: ClaimedRun;
  cacheFolder: string;
  scratchFolder: string;
  features: FeatureStore;
  decode: Decoder;
  /** Ends the training; what is to be reported still is. */
  signal: AbortSignal;
  /** Ends the training as if it had come to its end. */
  finishEarly: AbortSignal;
  betweenBatches(): Promise<void>;
  report: Report;
  tell(message: FromExecutor): void;
  onPhase(phase: string): void;
  onConfig(config: Hyperparameters): void;
  /** In a baseline, which does not fail the run. */
  onMemoryRanOut(): void;
}

/**
 * Load → fine-tune → hand over what came of it → compare with baselines; what to settle the run with, the best model
 * handed over even when training broke off. Throws what its own code or an interruption throws.
 */
export async function executeRun(execution: Execution): Promise<Result> {
  const { client, claim, signal, tell, onPhase, onConfig } = execution;
  onPhase('loading');
  const material = await loadRun(client, claim.runId, execution);
  onConfig(material.config);
  const tuned = await fineTuneAndHandOver(execution, material);
  const { endReason, error, bestEpoch, epochs } = tuned;
  const outcome = (gains: readonly TransferGain[]) => ({
    bestEpoch, epochs,
    finalMetrics: Object.entries({ ...tuned.metrics, ...gainMetrics(gains) }).map(([key, value]) => ({ key, value: wire(value) })),
  });
  // What broke off after some epochs keeps its best model, and says why it has no better one.
  if (endReason === 'ERROR') return { status: 'FAILED', endReason, error, ...outcome([]) };
  // Cancelled while its baselines train: what it learned itself is there, and stays.
  tell({ type: 'so far', result: { status: 'CANCELLED', endReason: 'CANCELLED', ...outcome([]) } });
  const gains = await compareWithBaselines(execution, material, tuned);
  if (gains.length > 0) await handOverEvaluation(execution, material, tuned, gains);
  if (!signal.aborted) return { status: 'FINISHED', endReason, ...outcome(gains) };
  if ((signal.reason as Interruption).kind !== 'cancelled') throw signal.reason;
  return { status: 'CANCELLED', endReason: 'CANCELLED', ...outcome(gains) };
}

/** The network is gone when this returns: baselines need the memory. */
async function fineTuneAndHandOver(execution: Execution, material: RunMaterial): Promise<Omit<FineTuned, 'saveModel' | 'dispose'>> {
  const { features, signal, report, onPhase, betweenBatches } = execution;
  const { loadBackbone, classes, train, val, config } = material;
  const kept = { store: features, backbone: material.backboneDigest };
  const tuned = await fineTune({
    backbone: await loadBackbone(), classes, train, val, config, features: kept, signal, onPhase,
    onLearningRateFound: (found) => report.learningRate(found),
    onEpoch: (epoch, metrics) => {
      report.epoch(epoch, metrics);
      console.log(epochLine(epoch, config.epochs, metrics));
      return betweenBatches();
    },
  });
  try {
    signal.throwIfAborted();
    if (tuned.endReason === 'CANCELLED') throw new Error('Training was cancelled, though nobody asked for it.');
    await handOverEvaluation(execution, material, tuned, []);
    await handOver(execution, 'model', 'MODEL', await tuned.saveModel());
    return tuned;
  } finally {
    tuned.dispose();
  }
}

/** Their epochs are logged beside the run's own. */
async function compareWithBaselines({ signal, report, onPhase, onMemoryRanOut }: Execution, { loadBackbone, classes, train, val, config }: RunMaterial, { evaluation, epochs }: Pick<FineTuned, 'evaluation' | 'epochs'>): Promise<TransferGain[]> {
  const gains = await measureTransferGain({
    evaluation, loadBackbone, classes, train, val, config, signal, onPhase,
    onEpoch: (baseline, epoch, metrics) => report.log(epoch, underBaseline(baseline, metrics)),
  }).catch((error: unknown) => {
    if (signal.aborted) return [];
    throw error;
  });
  if (gains.some(({ problem }) => problem !== null && isOutOfMemory(problem))) onMemoryRanOut();
  // As points too: lists of runs are sorted by what was logged.
  const metrics = gainMetrics(gains);
  if (Object.keys(metrics).length > 0) report.log(epochs, metrics);
  return gains;
}

async function handOverEvaluation(execution: Execution, { classes, valPictures }: RunMaterial, { evaluation }: Pick<FineTuned, 'evaluation'>, gains: readonly TransferGain[]): Promise<void> {
  const bytes = evaluationFile(evaluation, classes, valPictures, gains);
  await handOver(execution, 'evaluation', 'EVALUATION', [{ path: 'evaluation.json', bytes }]);
}

async function handOver({ scratchFolder, tell }: Execution, name: string, kind: ArtifactKind, files: readonly ModelFile[]): Promise<void> {
  tell({ type: 'artifact', name, kind, files: await writeFiles(scratchFolder, files) });
}
