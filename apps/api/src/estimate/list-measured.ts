import { validateHyperparameters } from '@thaw/config';
import type { Database } from '@thaw/db';
import { listTimedRuns } from '@thaw/db/queries/estimate/list-timed-runs';
import { readSeries } from '@thaw/db/queries/metric/read-series';
import { findCatalogueEntry } from '@thaw/model-zoo/catalogue/index';
import { measure, type Measured } from './measure';
import { featuresOf } from './work';

/** The metric that every epoch ends with. */
const key = 'val/accuracy';
const mostEpochs = 2000;

/** The times of earlier runs; those of the trainers that are alive, when they have trained any. */
export async function listMeasured(db: Database, backboneId: string, trainerIds: readonly string[]): Promise<Measured[]> {
  const rows = await listTimedRuns(db, backboneId);
  if (rows.length === 0) return [];
  const read = await readSeries(db, { runIds: rows.map(({ id }) => id), keys: [key], maxPoints: mostEpochs, xAxis: 'STEP', xKey: null, range: null });
  const ends = new Map(read.ok ? read.series.map(({ runId, points }) => [runId, points.times]) : []);
  const computed = new Set<string>();
  const measured = rows.flatMap(({ backbone, config, ...row }) => {
    const checked = validateHyperparameters(config);
    // A config of an older version of Thaw may have what no longer counts.
    if (!checked.ok) return [];
    const features = featuresOf({ ...row, config: checked.config });
    const featuresKept = features === null || computed.has(features);
    if (features !== null) computed.add(features);
    return measure({ ...row, config: checked.config, featuresKept, speed: speedOf(backbone), epochEnds: [...(ends.get(row.id) ?? [])] }) ?? [];
  });
  const here = measured.filter(({ run }) => run.trainerId && trainerIds.includes(run.trainerId));
  return here.length > 0 ? here : measured;
}

export const speedOf = (backbone: string): number | null => findCatalogueEntry(backbone)?.picturesPerSecond?.native ?? null;

/** Whether one of them computed the features that a run like this would begin with. */
export function keepsFeatures(known: readonly Measured[], wanted: Parameters<typeof featuresOf>[0]): boolean {
  const features = featuresOf(wanted);
  return features === null || known.some(({ run }) => featuresOf(run) === features);
}
