import type { ArtifactKind, Client } from '@thaw/client';
import type { Hyperparameters } from '@thaw/config';
import { fineTune, measureTransferGain, type EpochTimes, type FeatureStore, type FineTuned, type ModelFile, type TransferGain } from '@thaw/training';
import type { ClaimedRun } from '../claim';
import type { Decoder } from '../data/decode/decode-pool';
import { loadRun, type RunMaterial } from '../data/load-run';
import type { FromExecutor, Result } from '../messages';
import { isOutOfMemory } from '../out-of-memory';
import { CheckpointWriter } from './checkpoint-writer';
import { evaluationFile } from './evaluation-file';
import { featuresFile } from './features-file';
import { gainMetrics, underBaseline } from './gain-metrics';
import { epochLine } from './narrate';
import { wire, type Report } from './report';
import { downloadCheckpoint, fromNewest, placeOf } from './saved-checkpoints';
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
  const { client, claim, scratchFolder, tell, onPhase, onConfig } = execution;
  onPhase('loading');
  const material = await loadRun(client, claim.runId, execution);
  onConfig(material.config);
  if (material.config.trainShare < 1) console.log(`training on ${material.train.count} pictures, a share of ${material.config.trainShare} of each class`);
  const writer = new CheckpointWriter(scratchFolder, retention[material.config.keepCheckpoints], tell);
  let ended = false;
  try {
    const result = await fromNewest(material.checkpoints, (saved) => downloadCheckpoint(client, scratchFolder, saved), (resumeFrom) => trainAndCompare(execution, material, writer, resumeFrom));
    ended = true;
    return result;
  } finally {
    await writer.close({ ended });
    void material.inUse[Symbol.asyncDispose]();
  }
}

const retention = { best_and_latest: 'BEST_AND_LATEST', latest: 'LATEST', all: 'ALL' } as const;

async function trainAndCompare(execution: Execution, material: RunMaterial, writer: CheckpointWriter, resumeFrom?: ModelFile[]): Promise<Result> {
  const { signal, tell } = execution;
  const tuned = await fineTuneAndHandOver(execution, material, writer, resumeFrom);
  const { endReason, error, bestEpoch, epochs } = tuned;
  const outcome = (gains: readonly TransferGain[]) => ({
    bestEpoch, epochs, environment: { trainPictures: material.train.count },
    finalMetrics: Object.entries({ ...tuned.metrics, ...gainMetrics(gains) }).map(([key, value]) => ({ key, value: wire(value) })),
  });
  // What broke off after some epochs keeps its best model, and says why it has no better one.
  if (endReason === 'ERROR') return { status: 'FAILED', endReason, error, ...outcome([]) };
  // Cancelled while its baselines train: what it learned itself is there, and stays.
  tell({ type: 'so far', result: { status: 'CANCELLED', endReason: 'CANCELLED', ...outcome([]) } });
  const gains = await compareWithBaselines(execution, material, tuned, writer, resumeFrom);
  if (gains.length > 0) await handOverEvaluation(execution, material, tuned, gains);
  signal.throwIfAborted();
  return { status: 'FINISHED', endReason, ...outcome(gains) };
}

/** The network is gone when this returns: baselines need the memory. */
async function fineTuneAndHandOver(execution: Execution, material: RunMaterial, writer: CheckpointWriter, resumeFrom?: ModelFile[]): Promise<Omit<FineTuned, 'saveModel' | 'dispose'>> {
  const { features, signal, finishEarly, betweenBatches, report, onPhase } = execution;
  const { loadBackbone, classes, train, val, config } = material;
  const kept = { store: features, backbone: material.backboneDigest };
  let times: EpochTimes | undefined;
  const tuned = await fineTune({
    backbone: await loadBackbone(), classes, train, val, config, features: kept, resumeFrom, signal, finishEarly, betweenBatches, onPhase,
    onResumed: ({ backend, ...from }) => {
      report.epochs = from.batch > 0 ? from.epoch - 1 : from.epoch;
      console.log(`going on from the checkpoint of ${placeOf(from)}, made on ${backend}`);
    },
    onLearningRateFound: (found) => report.learningRate(found),
    onEpochTimes: (_, given) => { times = given; },
    onEpoch: (epoch, metrics) => console.log(epochLine(epoch, config.epochs, report.epoch(epoch, metrics, times))),
    onCheckpoint: (checkpoint) => writer.offer(checkpoint),
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
async function compareWithBaselines({ signal, finishEarly, betweenBatches, report, onPhase, onMemoryRanOut }: Execution, { loadBackbone, classes, train, val, config }: RunMaterial, { evaluation, epochs, checkpoint }: Pick<FineTuned, 'evaluation' | 'epochs' | 'checkpoint'>, writer: CheckpointWriter, resumeFrom?: ModelFile[]): Promise<TransferGain[]> {
  const gains = await measureTransferGain({
    evaluation, epochs, checkpoint, resumeFrom, loadBackbone, classes, train, val, config, signal, finishEarly, betweenBatches, onPhase,
    onEpoch: (baseline, epoch, metrics) => {
      report.log(epoch, underBaseline(baseline, metrics));
      console.log(`${baseline}: ${epochLine(epoch, config.epochs, metrics)}`);
    },
    onCheckpoint: (taken) => writer.offer(taken),
  });
  if (gains.some(({ problem }) => problem !== null && isOutOfMemory(problem))) onMemoryRanOut();
  // As points too: lists of runs are sorted by what was logged.
  const metrics = gainMetrics(gains);
  if (Object.keys(metrics).length > 0) report.log(epochs, metrics);
  return gains;
}

async function handOverEvaluation(execution: Execution, { classes, valPictures }: RunMaterial, { evaluation, features }: Pick<FineTuned, 'evaluation' | 'features'>, gains: readonly TransferGain[]): Promise<void> {
  const bytes = evaluationFile(evaluation, classes, valPictures, gains);
  await handOver(execution, 'evaluation', 'EVALUATION', [{ path: 'evaluation.json', bytes }, ...(features ? [{ path: 'features.json', bytes: featuresFile(features) }] : [])]);
}

async function handOver({ scratchFolder, tell }: Execution, name: string, kind: ArtifactKind, files: readonly ModelFile[]): Promise<void> {
  tell({ type: 'artifact', name, kind, files: await writeFiles(scratchFolder, files) });
}
