import { lowerIsBetter, sortMetricKeys } from '../charts/metric-keys';
import type { RunDetailFragment } from '../generated/graphql';

interface HeaderFigure {
  key: string;
  /** Which of the values it is, where that is not plain. */
  of?: string;
  value?: number | null;
}

type Run = Pick<RunDetailFragment, 'kind' | 'bestEpoch' | 'finalMetrics'> & { metrics: readonly Pick<RunDetailFragment['metrics'][number], 'key' | 'last' | 'min' | 'max'>[] };

/** What the run stands for, once it has ended; before, what it is judged by. */
export const headerFigures = (run: Run): HeaderFigure[] => (run.kind === 'EXTERNAL' ? scriptFigures(run) : ['val/accuracy', 'val/loss'].map((key) => trainedFigure(run, key)));

/** Of the epoch whose weights were restored. Until then the best so far, in the words of the table: two metrics may have theirs in different epochs. */
function trainedFigure({ finalMetrics, metrics, bestEpoch }: Run, key: string): HeaderFigure {
  const restored = finalMetrics.find((metric) => metric.key === key);
  if (restored) return { key, of: bestEpoch ? `epoch ${bestEpoch}` : undefined, value: restored.value };
  const of = lowerIsBetter(key) ? 'min' : 'max';
  return { key, of, value: metrics.find((metric) => metric.key === key)?.[of] };
}

const mostFigures = 5;

function scriptFigures({ finalMetrics, metrics }: Run): HeaderFigure[] {
  const figures = finalMetrics.length > 0 ? finalMetrics : metrics.map(({ key, last }) => ({ key, value: last }));
  const byKey = new Map(figures.map((figure) => [figure.key, figure]));
  return sortMetricKeys(byKey.keys()).slice(0, mostFigures).map((key) => byKey.get(key)!);
}
