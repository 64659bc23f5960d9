'use client';

import type { ReactNode } from 'react';
import { lowerIsBetter } from '../../charts/metric-keys';
import { formatMetric, formatValue } from '../../format/numbers';
import { Elapsed, TimeAgo } from '../../format/time';
import { epochsOf } from '../../runs/run-figures';
import { StatusBadge } from '../../runs/run-status';
import type { BlockRun } from './use-block-runs';

export const usualColumns = ['status', 'backbone', 'val/accuracy', 'val/loss', 'epochs', 'duration'];

/** Columns that are neither a metric nor a config value. */
const facts: Readonly<Record<string, { label: string; right?: boolean; show: (run: BlockRun) => ReactNode }>> = {
  status: { label: 'Status', show: (run) => <StatusBadge {...run} /> },
  dataset: { label: 'Dataset', show: ({ dataset }) => (dataset ? `${dataset.dataset.name} v${dataset.version}` : '–') },
  backbone: { label: 'Backbone', show: ({ backbone }) => backbone?.title ?? '–' },
  epochs: { label: 'Epochs', right: true, show: (run) => epochsOf(run).done ?? '–' },
  duration: { label: 'Duration', right: true, show: (run) => <Elapsed from={run.countsFrom} seconds={run.durationSeconds} /> },
  created: { label: 'Created', right: true, show: (run) => <TimeAgo at={run.createdAt} /> },
};

export interface RunColumn {
  key: string;
  label: string;
  right: boolean;
  /** What tells the best of a metric; undefined for other columns. */
  value?: (run: BlockRun) => number | null;
  show: (run: BlockRun) => ReactNode;
}

export function runColumn(key: string): RunColumn {
  const fact = Object.hasOwn(facts, key) ? facts[key] : undefined;
  if (fact) return { key, label: fact.label, right: fact.right ?? false, show: fact.show };
  if (key.startsWith('config.')) {
    const path = key.slice('config.'.length).split('.');
    return { key, label: path.join('.'), right: false, show: ({ config }) => formatValue(path.reduce<unknown>((value, part) => (value as Record<string, unknown> | null | undefined)?.[part], config)) };
  }
  const value = (run: BlockRun) => metricOf(run, key);
  return { key, label: key, right: true, value, show: (run) => formatMetric(value(run)) };
}

/** Which of the columns are metrics, for the query. */
export const metricKeysOf = (columns: readonly string[]) => columns.filter((key) => !Object.hasOwn(facts, key) && !key.startsWith('config.'));

/** Of the best epoch once a run has ended; the best so far, or the last, until then. */
export function metricOf(run: BlockRun, key: string): number | null {
  const final = run.finalMetrics.find((metric) => metric.key === key)?.value;
  const logged = run.figures.find((metric) => metric.key === key);
  const lower = lowerIsBetter(key);
  return final ?? (lower === null ? logged?.last : lower ? logged?.min : logged?.max) ?? null;
}
