import type { RunGroupField, RunOrder, TableRunFragment } from '../../generated/graphql';
import { freezeOf } from '../run-figures';

type Run = TableRunFragment;
export type Stat = 'LAST' | 'MIN' | 'MAX';

export interface RunColumn {
  /** As the address calls it: `status`, `c:learningRate`, `m:val/loss`, `max:val/accuracy`. */
  id: string;
  title: string;
  /** Of a second line of the title: which figure of a metric. */
  stat?: Stat;
  kind: 'fact' | 'config' | 'metric';
  /** Without its prefix. */
  key: string;
  /** In px, unless it was resized. */
  width: number;
  right: boolean;
  /** For sorting by it and exporting it; undefined where the run has none. */
  value: (run: Run) => unknown;
  order?: Omit<RunOrder, 'direction'>;
  /** How runs are grouped by it. */
  group?: { field: RunGroupField } | { param: string };
}

const statOf: Record<string, Stat> = { m: 'LAST', min: 'MIN', max: 'MAX' };
const prefixOf: Record<Stat, string> = { LAST: 'm', MIN: 'min', MAX: 'max' };

export const metricColumnId = (key: string, stat: Stat): string => `${prefixOf[stat]}:${key}`;
export const configColumnId = (key: string): string => `c:${key}`;

type Fact = Pick<RunColumn, 'title' | 'width' | 'value'> & Partial<RunColumn>;

const facts: Record<string, Fact> = {
  name: { title: 'Name', width: 260, value: (run) => run.name, order: { field: 'NAME' } },
  status: { title: 'Status', width: 184, value: (run) => run.status, order: { field: 'STATUS' }, group: { field: 'STATUS' } },
  backbone: { title: 'Backbone', width: 150, value: (run) => run.backbone?.name, order: { field: 'BACKBONE' }, group: { field: 'BACKBONE' } },
  dataset: { title: 'Dataset', width: 130, value: (run) => run.dataset && `${run.dataset.dataset.name}${run.dataset.version > 1 ? ` v${run.dataset.version}` : ''}`, order: { field: 'DATASET' }, group: { field: 'DATASET' } },
  epochs: { title: 'Epochs', width: 90, right: true, value: (run) => run.epochs },
  duration: { title: 'Duration', width: 100, right: true, value: (run) => run.durationSeconds, order: { field: 'DURATION' } },
  created: { title: 'Created', width: 110, right: true, value: (run) => run.createdAt, order: { field: 'CREATED_AT' } },
  started: { title: 'Started', width: 110, right: true, value: (run) => run.startedAt, order: { field: 'STARTED_AT' } },
  ended: { title: 'Ended', width: 110, right: true, value: (run) => run.endedAt, order: { field: 'ENDED_AT' } },
  endReason: { title: 'Ended by', width: 130, value: (run) => run.endReason, order: { field: 'END_REASON' }, group: { field: 'END_REASON' } },
  tags: { title: 'Tags', width: 180, value: (run) => run.tags.join(', ') || undefined },
  notes: { title: 'Notes', width: 260, value: (run) => run.notes },
  trainer: { title: 'Trainer', width: 120, value: (run) => run.trainer?.name, order: { field: 'TRAINER' }, group: { field: 'TRAINER' } },
  priority: { title: 'Priority', width: 80, right: true, value: (run) => run.priority, order: { field: 'PRIORITY' } },
  kind: { title: 'Kind', width: 100, value: (run) => run.kind, order: { field: 'KIND' }, group: { field: 'KIND' } },
  bestEpoch: { title: 'Best epoch', width: 90, right: true, value: (run) => run.bestEpoch },
  attempt: { title: 'Attempt', width: 80, right: true, value: (run) => run.attempt },
  parent: { title: 'Cloned from', width: 150, value: (run) => run.parentRun?.name },
  commit: { title: 'Commit', width: 100, value: (run) => run.gitCommit },
  id: { title: 'Id', width: 290, value: (run) => run.id },
};

/** Ids of the columns that every run has, in the order the picker lists them. */
export const factIds: readonly string[] = Object.keys(facts);

/** null for an id that is none, as an edited address may hold. */
export function columnOf(id: string): RunColumn | null {
  const fact = Object.hasOwn(facts, id) ? facts[id] : undefined;
  if (fact) return { id, kind: 'fact', key: id, right: false, ...fact };
  const [, prefix, key] = /^(c|m|min|max):(.+)$/s.exec(id) ?? [];
  if (!prefix || !key) return null;
  if (prefix === 'c') {
    return { id, title: key, kind: 'config', key, width: 120, right: false, value: key === 'freeze' ? freezeValue : (run) => configValue(run.config, key), order: { field: 'CONFIG', key }, group: { param: key } };
  }
  const stat = statOf[prefix]!;
  return { id, title: key, stat, kind: 'metric', key, width: 136, right: true, value: (run) => metricValue(run, key, stat), order: { field: 'METRIC', key, stat } };
}

export function columnsOf(ids: readonly string[]): RunColumn[] {
  const unique = [...new Set(['name', ...ids.filter((id) => id !== 'name')])];
  return unique.flatMap((id) => columnOf(id) ?? []);
}

/** Metrics to ask the API for. */
export const metricKeysOf = (columns: readonly RunColumn[]): string[] => [...new Set(columns.flatMap(({ kind, key, id }) => (kind === 'metric' ? [key] : id === 'epochs' ? ['val/accuracy', 'val/loss'] : [])))].sort();

function metricValue({ metrics }: Run, key: string, stat: Stat): number | undefined {
  const summary = metrics.find((each) => each.key === key);
  const value = stat === 'LAST' ? summary?.last : stat === 'MIN' ? summary?.min : summary?.max;
  return value === null || value === undefined ? undefined : Number(value);
}

const freezeValue = (run: Run) => (run.kind === 'EXTERNAL' ? configValue(run.config, 'freeze') : freezeOf(run));

/** A key may itself hold dots: the longest that fits is taken first. */
export function configValue(config: unknown, path: string): unknown {
  if (typeof config !== 'object' || config === null) return undefined;
  if (Object.hasOwn(config, path)) return (config as Record<string, unknown>)[path];
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const head = path.slice(0, dot);
    if (Object.hasOwn(config, head)) return configValue((config as Record<string, unknown>)[head], path.slice(dot + 1));
  }
  return undefined;
}

/** What the table is ordered by; the newest first where an address names a column that cannot be sorted. */
export function orderOf(sort: string, dir: 'asc' | 'desc'): RunOrder {
  const order = columnOf(sort)?.order;
  return order ? { ...order, direction: dir === 'asc' ? 'ASC' : 'DESC' } : { field: 'CREATED_AT', direction: 'DESC' };
}
