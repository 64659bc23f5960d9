import { validateHyperparameters } from '@thaw/config';
import type { RunRow } from '@thaw/db';
import { findArtifactsOfRuns } from '@thaw/db/queries/artifact/find-artifacts-of-runs';
import { findBackbones } from '@thaw/db/queries/backbone/find-backbones';
import { countDuplicates } from '@thaw/db/queries/dataset/count-duplicates';
import { findDatasetVersions } from '@thaw/db/queries/dataset/find-dataset-versions';
import { listRunsOfVersion } from '@thaw/db/queries/dataset/list-runs-of-version';
import { readSeries } from '@thaw/db/queries/metric/read-series';
import { decodeNumber } from '@thaw/series';
import { classReports, confusionMatrix } from '../artifact/evaluate-predictions';
import { evaluationFileOf } from '../artifact/keyed-evaluations';
import { readEvaluation, type StoredEvaluation } from '../artifact/read-evaluation';
import { type Context, loadExisting } from '../context';
import { curveKeys, type Curves, type Facts, type Sibling } from './facts';

/** Epochs that are looked at; longer runs are seen more coarsely. */
const mostPoints = 2000;
const mostSiblings = 200;

/** null: of a run that a script logged, whose metrics may mean anything, or one that has not ended. */
export async function loadFacts(context: Context, run: RunRow): Promise<Facts | null> {
  const checked = validateHyperparameters(run.config);
  if (run.kind !== 'MANAGED' || !checked.ok || !['FINISHED', 'FAILED'].includes(run.status)) return null;
  const [version, backbone, duplicates, curves, evaluation, siblings] = await Promise.all([
    loadExisting(context, findDatasetVersions, run.datasetVersionId!), loadExisting(context, findBackbones, run.backboneId!), context.load(countDuplicates, run.datasetVersionId!),
    loadCurves(context, run.id), loadEvaluation(context, run.id), loadSiblings(context, run.datasetVersionId!, run.id),
  ]);
  return {
    name: run.name, backbone: backbone.name, config: checked.config, completed: run.endReason === 'COMPLETED', error: run.error, bestEpoch: run.bestEpoch,
    curves, accuracy: accuracyOf(run), classes: version.classes, train: version.trainCount, val: version.valCount,
    perClass: evaluation && classReports(confusionMatrix(evaluation.predictions, evaluation.classes.length), evaluation.classes),
    mistakes: evaluation && evaluation.predictions.filter(({ label, predicted }) => label !== predicted)
      .map(({ picture, label, predicted, confidence }) => ({ picture, confidence, label: evaluation.classes[label]!, predicted: evaluation.classes[predicted]! })),
    leaked: duplicates ? { exactly: duplicates.leakedExactly, nearly: duplicates.leakedNearly } : null,
    siblings,
  };
}

async function loadCurves({ db }: Context, runId: string): Promise<Curves> {
  const read = await readSeries(db, { runIds: [runId], keys: curveKeys, maxPoints: mostPoints, xAxis: 'STEP', xKey: null, range: null });
  const byKey = new Map(read.ok ? read.series.map(({ key, points }) => [key, [...points.values]]) : []);
  return Object.fromEntries(curveKeys.map((key) => [key, byKey.get(key) ?? []])) as unknown as Curves;
}

async function loadEvaluation(context: Context, runId: string): Promise<StoredEvaluation | null> {
  const file = evaluationFileOf(await loadExisting(context, findArtifactsOfRuns, runId));
  return file ? readEvaluation(await context.blobs.read(file.sha256)) : null;
}

/** Runs of the same project's dataset version, the newest, that were trained here. */
export async function loadSiblings({ db }: Context, versionId: string, but?: string): Promise<Sibling[]> {
  const rows = (await listRunsOfVersion(db, versionId, { first: mostSiblings })).filter(({ id, kind, status }) => id !== but && kind === 'MANAGED' && !['FAILED', 'CANCELLED'].includes(status));
  const backbones = await findBackbones(db, [...new Set(rows.flatMap(({ backboneId }) => backboneId ?? []))]);
  return rows.map((row) => ({ id: row.id, name: row.name, config: row.config, backbone: (row.backboneId && backbones.get(row.backboneId)?.name) || null, accuracy: accuracyOf(row) }));
}

function accuracyOf({ finalMetrics }: RunRow): number | null {
  const value = decodeNumber(finalMetrics.find(({ key }) => key === 'val/accuracy')?.value);
  return value !== undefined && Number.isFinite(value) ? value : null;
}
