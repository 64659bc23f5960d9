import { LogArtifactDocument, type ArtifactKind, type Client, type SettleRunInput, type UserError } from '@thaw/client';
import type { Hyperparameters } from '@thaw/config';
import { fineTune, type FeatureStore, type FineTuned } from '@thaw/training';
import type { Claim } from './claim';
import type { Decoder } from './data/decode/decode-pool';
import { loadRun, type RunMaterial } from './data/load-run';
import { evaluationFile } from './evaluation-file';
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
  onRefused(errors: readonly UserError[]): void;
}

export type Result = Pick<SettleRunInput, 'status' | 'endReason' | 'bestEpoch' | 'epochs' | 'finalMetrics' | 'error'>;

/** Load → fine-tune → upload; what to settle the run with, the best model uploaded even when training broke off. Throws what its own code or an interruption throws. */
export async function executeRun(execution: Execution): Promise<Result> {
  const { client, claim, features, signal, report, onPhase, onConfig } = execution;
  onPhase('loading');
  const material = await loadRun(client, claim.runId, execution);
  const { backbone, classes, train, val, config } = material;
  onConfig(config);
  const kept = { store: features, backbone: material.backboneDigest };
  const tuned = await fineTune({
    backbone, classes, train, val, config, features: kept, signal, onPhase,
    onLearningRateFound: (found) => report.learningRate(found),
    onEpoch: (epoch, metrics) => report.epoch(epoch, metrics),
  });
  try {
    signal.throwIfAborted();
    if (tuned.endReason === 'CANCELLED') throw new Error('Training was cancelled, though nobody asked for it.');
    await report.flush();
    await logArtifacts(execution, material, tuned);
    const { endReason, error, bestEpoch, epochs, metrics } = tuned;
    // What broke off after some epochs keeps its best model, and says why it has no better one.
    const status = endReason === 'ERROR' ? 'FAILED' : 'FINISHED';
    return { status, endReason, error, bestEpoch, epochs, finalMetrics: Object.entries(metrics).map(([key, value]) => ({ key, value: wire(value) })) };
  } finally {
    tuned.dispose();
  }
}

async function logArtifacts(execution: Execution, { classes, valPictures }: RunMaterial, tuned: FineTuned): Promise<void> {
  const evaluation = { path: 'evaluation.json', bytes: evaluationFile(tuned.evaluation, classes, valPictures) };
  await logArtifact(execution, 'evaluation', 'EVALUATION', [evaluation]);
  await logArtifact(execution, 'model', 'MODEL', await tuned.saveModel());
}

async function logArtifact({ client, claim, onRefused }: Execution, name: string, kind: ArtifactKind, files: readonly { path: string; bytes: Uint8Array }[]): Promise<void> {
  const stored = [];
  for (const { path, bytes } of files) stored.push({ path, sha256: (await client.blobs.upload(bytes)).sha256 });
  const { runId, leaseToken } = claim;
  const { logArtifact: payload } = await client.request(LogArtifactDocument, { input: { runId, leaseToken, name, kind, files: stored } }, { idempotent: true });
  if (payload.userErrors.length > 0) onRefused(payload.userErrors);
}
