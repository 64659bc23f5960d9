import { encodeNumber, mergeSeries, type NamedSeries, type Series } from '@thaw/series';
import type { Database } from '../../connect';
import type { RunRow } from '../../schema';
import { identifyKeys } from '../key/identify-keys';
import { Growth } from '../metric/growth';
import { paramsOf, type Param } from './params-of';

type Given = Pick<RunRow, 'id' | 'projectId' | 'name' | 'status' | 'endReason' | 'config' | 'datasetVersionId' | 'backboneId' | 'parentRunId' | 'tags' | 'notes' | 'error' | 'environment' | 'gitCommit' | 'startedAt' | 'endedAt' | 'contentDigest'>;

export interface ExternalRun extends Omit<Given, 'projectId'> {
  /** By name, made when there is none. */
  project: string;
  /** null: the last value of each metric, when the run has ended. */
  finalMetrics: RunRow['finalMetrics'] | null;
  metrics: readonly NamedSeries[];
}

/** Ready to be written: nothing is left to look up. */
export interface PreparedRun {
  /** startedAt: null for now. */
  row: Given & Pick<RunRow, 'finalMetrics'>;
  project: string;
  params: (Param & { keyId: number })[];
  growths: Growth[];
}

export async function prepareRun(db: Database, projectId: string, { project, metrics, finalMetrics, ...given }: ExternalRun): Promise<PreparedRun> {
  const params = paramsOf(given.config);
  const series = byKey(metrics);
  const [paramIds, metricIds] = await Promise.all([
    identifyKeys(db, projectId, 'PARAM', params.map(({ key }) => key)),
    identifyKeys(db, projectId, 'METRIC', [...series.keys()]),
  ]);
  const growths = new Map([...series].map(([key, points]) => [key, growthOf(given.id, metricIds.get(key)!, points)]));
  const lastValues = () => [...growths].map(([key, { summary }]) => ({ key, value: encodeNumber(summary!.last) }));
  return {
    row: { ...given, projectId, finalMetrics: finalMetrics ?? (given.endedAt ? lastValues() : []) },
    project,
    params: params.map((param) => ({ ...param, keyId: paramIds.get(param.key)! })),
    growths: [...growths.values()],
  };
}

function growthOf(runId: string, keyId: number, points: Series): Growth {
  const growth = new Growth(runId, keyId, 0);
  growth.add(points);
  return growth;
}

/** Columns of one key are one series, by step; keys by name, as finishRun lists them. */
function byKey(metrics: readonly NamedSeries[]): Map<string, Series> {
  const parts = new Map<string, Series[]>();
  for (const each of metrics) {
    if (each.steps.length === 0) continue;
    const same = parts.get(each.key);
    if (same) same.push(each);
    else parts.set(each.key, [each]);
  }
  return new Map([...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, same]) => [key, mergeSeries(same)]));
}
