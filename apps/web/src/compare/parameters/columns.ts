import { formatMetric, formatSetting, formatValue } from '../../format/numbers';
import { formatDuration } from '../../format/time';
import type { CompareRunFragment } from '../../generated/graphql';
import { byCategory } from './category-order';

/** One value of each run: of its config, a fact about it, or a metric. */
export interface Column {
  /** As the address names it: `learningRate` of the config, `run:backbone`, `best:val/accuracy`, `last:val/loss`. */
  id: string;
  label: string;
  group: 'Configuration' | 'Run' | 'Metric';
  kind: 'number' | 'category';
  /** In the order of the runs; null where a run has none. Categories are text. */
  values: readonly (number | string | null)[];
  /** Of categories: every one, in order. */
  categories: readonly string[];
  /** Of numbers. */
  min: number;
  max: number;
  /** Whether a logarithmic scale shows it better: all above zero, over more than two decades. */
  wide: boolean;
  distinct: number;
  format(value: number | string | null): string;
}

/** What a run logged, by key; only the keys that were asked for. */
export type Logged = ReadonlyMap<string, ReadonlyMap<string, { last: number; min: number; max: number }>>;

type Raw = number | string | boolean | null | undefined;

const facts: Record<string, { label: string; of: (run: CompareRunFragment) => Raw; format?: (value: number) => string }> = {
  'run:backbone': { label: 'Backbone', of: (run) => run.backbone?.name },
  'run:dataset': { label: 'Dataset', of: (run) => (run.dataset ? `${run.dataset.dataset.name} v${run.dataset.version}` : null) },
  'run:duration': { label: 'Duration', of: (run) => run.durationSeconds, format: formatDuration },
  'run:epochs': { label: 'Epochs trained', of: (run) => run.epochs },
  'run:bestEpoch': { label: 'Best epoch', of: (run) => run.bestEpoch },
  'run:status': { label: 'Status', of: (run) => run.status.toLowerCase() },
  'run:backend': { label: 'Backend', of: (run) => run.backend },
};

/** Every value that some run has, but for metrics. */
export function describeRuns(runs: readonly CompareRunFragment[]): Column[] {
  const configs = runs.map(({ config }) => flatten(config));
  const keys = [...new Set(configs.flatMap((config) => [...config.keys()]))];
  return [
    ...keys.map((key) => column(key, key, 'Configuration', configs.map((config) => config.get(key)))),
    ...Object.entries(facts).map(([id, { label, of, format }]) => column(id, label, 'Run', runs.map(of), format)),
  ].filter(({ distinct }) => distinct > 0);
}

/** `best:KEY` and `last:KEY`, in the order of the runs. */
export function metricColumn(id: string, runs: readonly { id: string }[], logged: Logged, lower: boolean): Column {
  const { statistic, key } = metricOf(id)!;
  const values = runs.map((run) => {
    const summary = logged.get(run.id)?.get(key);
    return summary && (statistic === 'last' ? summary.last : lower ? summary.min : summary.max);
  });
  return column(id, `${key} (${statistic})`, 'Metric', values, formatMetric);
}

/** null: not the id of a metric. */
export function metricOf(id: string): { statistic: 'best' | 'last'; key: string } | null {
  const [, statistic, key] = /^(best|last):(.+)$/.exec(id) ?? [];
  return key ? { statistic: statistic as 'best' | 'last', key } : null;
}

function column(id: string, label: string, group: Column['group'], raw: readonly Raw[], format?: (value: number) => string): Column {
  const given = raw.filter((value) => value !== null && value !== undefined);
  const kind = given.length > 0 && given.every((value) => typeof value === 'number') ? 'number' : 'category';
  const values = raw.map((value) => {
    if (value === null || value === undefined) return null;
    return kind === 'category' ? formatValue(value) : Number.isFinite(value) ? (value as number) : null;
  });
  const present = values.filter((value) => value !== null);
  const numbers = kind === 'number' ? (present as number[]) : [];
  const [min, max] = [Math.min(...numbers), Math.max(...numbers)];
  return {
    id, label, group, kind, values, min, max,
    categories: kind === 'category' ? [...new Set(present as string[])].sort(byCategory) : [],
    wide: kind === 'number' && min > 0 && max / min > 100,
    distinct: new Set(present).size,
    format: (value) => (typeof value === 'number' ? (format ?? formatSetting)(value) : (value ?? '–')),
  };
}

/** Leaves by dotted path; lists are one value. */
function flatten(config: unknown, path = '', leaves = new Map<string, Raw>()): Map<string, Raw> {
  for (const [name, value] of Object.entries((config ?? {}) as Record<string, unknown>)) {
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) flatten(value, `${path}${name}.`, leaves);
    else leaves.set(path + name, Array.isArray(value) ? JSON.stringify(value) : (value as Raw));
  }
  return leaves;
}

/** What people look at first when it varies. */
const first = ['learningRate', 'freeze', 'run:backbone', 'epochs', 'batchSize', 'optimizer', 'backboneLearningRate', 'schedule', 'dropout', 'weightDecay', 'trainShare', 'run:dataset'];
const place = (id: string) => first.findIndex((name) => id === name || id.startsWith(`${name}.`)) >>> 0;

/** Columns worth an axis when nobody chose: they vary and can be read. */
export function telling(columns: readonly Column[]): Column[] {
  return columns
    .filter(({ id, group, kind, distinct }) => distinct > 1 && (kind === 'number' || distinct <= 12) && (group === 'Configuration' || ['run:backbone', 'run:dataset'].includes(id)))
    .sort((a, b) => place(a.id) - place(b.id));
}
