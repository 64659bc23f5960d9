import { LogArtifactDocument, type ArtifactKind, type Client, type SettleRunInput, type UserError } from '@thaw/client';
import type { Hyperparameters } from '@thaw/config';
import { fineTune, measureTransferGain, type FeatureStore, type FineTuned, type TransferGain } from '@thaw/training';
import type { Claim } from './claim';
import type { Decoder } from './data/decode/decode-pool';
import { loadRun, type RunMaterial } from './data/load-run';
import { evaluationFile } from './evaluation-file';
import { gainMetrics, underBaseline } from './gain-metrics';
import { isOutOfMemory } from './out-of-memory';
import { wire, type Report } from './report';

export interface Execution {
  client: Client;
  claim: Claim;
  cacheFolder: string;
  features: FeatureStore;
  decode: Decoder;
  /** Ends the training; what is to be reported still is. */
  signal: AbortSignal;
  report: Report;
  onPhase(phase: string): void;
  onConfig(config: Hyperparameters): void;
  /** In a baseline, which does not fail the run. */
  onMemoryRanOut(): void;
  onRefused(errors: readonly UserError[]): void;
}

export type Result = Pick<SettleRunInput, 'status' | 'endReason' | 'bestEpoch' | 'epochs' | 'finalMetrics' | 'error'>;

/**
 * Load → fine-tune → upload → compare with baselines; what to settle the run with, the best model uploaded even when
 * training broke off. Throws what its own code or an interruption throws.
 */
export async function executeRun(execution: Execution): Promise<Result> {
  const { client, claim, signal, onPhase, onConfig } = execution;
  onPhase('loading');
  const material = await loadRun(client, claim.runId, execution);
  onConfig(material.config);
  const tuned = await fineTuneAndLog(execution, material);
  const { endReason, error, bestEpoch, epochs } = tuned;
  // What broke off after some epochs keeps its best model, and says why it has no better one.
  const status = endReason === 'ERROR' ? 'FAILED' : 'FINISHED';
  const gains = status === 'FINISHED' ? await compareWithBaselines(execution, material, tuned) : [];
  if (gains.length > 0) await logEvaluation(execution, material, tuned, gains);
  const metrics = Object.entries({ ...tuned.metrics, ...gainMetrics(gains) }).map(([key, value]) => ({ key, value: wire(value) }));
  // Cancelled while its baselines trained: what it learned itself is there, and stays.
  if (signal.aborted) return { status: 'CANCELLED', endReason: 'CANCELLED', bestEpoch, epochs, finalMetrics: metrics };
  return { status, endReason, error, bestEpoch, epochs, finalMetrics: metrics };
}

/** The network is gone when this returns: baselines need the memory. */
async function fineTuneAndLog(execution: Execution, material: RunMaterial): Promise<Omit<FineTuned, 'saveModel' | 'dispose'>> {
  const { features, signal, report, onPhase } = execution;
  const { loadBackbone, classes, train, val, config } = material;
  const kept = { store: features, backbone: material.backboneDigest };
  const tuned = await fineTune({
    backbone: await loadBackbone(), classes, train, val, config, features: kept, signal, onPhase,
    onLearningRateFound: (found) => report.learningRate(found),
    onEpoch: (epoch, metrics) => report.epoch(epoch, metrics),
  });
  try {
    signal.throwIfAborted();
    if (tuned.endReason === 'CANCELLED') throw new Error('Training was cancelled, though nobody asked for it.');
    await report.flush();
    await logEvaluation(execution, material, tuned, []);
    await logArtifact(execution, 'model', 'MODEL', await tuned.saveModel());
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
  await report.flush();
  return gains;
}

async function logEvaluation(execution: Execution, { classes, valPictures }: RunMaterial, { evaluation }: Pick<FineTuned, 'evaluation'>, gains: readonly TransferGain[]): Promise<void> {
  const bytes = evaluationFile(evaluation, classes, valPictures, gains);
  await logArtifact(execution, 'evaluation', 'EVALUATION', [{ path: 'evaluation.json', bytes }]);
}

async function logArtifact({ client, claim, onRefused }: Execution, name: string, kind: ArtifactKind, files: readonly { path: string; bytes: Uint8Array }[]): Promise<void> {
  const stored = [];
  for (const { path, bytes } of files) stored.push({ path, sha256: (await client.blobs.upload(bytes)).sha256 });
  const { runId, leaseToken } = claim;
  const { logArtifact: payload } = await client.request(LogArtifactDocument, { input: { runId, leaseToken, name, kind, files: stored } }, { idempotent: true });
  if (payload.userErrors.length > 0) onRefused(payload.userErrors);
}
