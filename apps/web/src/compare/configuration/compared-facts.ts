import { hyperparameterFields, hyperparameterGroups } from '@thaw/config';
import type { CompareFactsQuery } from '../../generated/graphql';
import { shortDigest } from '../../format/numbers';
import { flatten } from '../../run/config-table';
import { compareConfigs, type Config, type ConfigRow } from './config-diff';

export type RunFacts = CompareFactsQuery['runs']['nodes'][number];

export interface FactRow extends ConfigRow {
  /** as people call it */
  label: string;
}

export interface FactGroup {
  name: string;
  rows: FactRow[];
}

const labels = new Map<string, string>(hyperparameterFields.map(({ name, label }) => [name, label]));
const groupOf = new Map<string, string>(hyperparameterFields.map(({ name, group }) => [name, group]));

/** Everything that was given to the runs and can differ, grouped as in the launch form, one value per run. Empty groups are left out. */
export function factGroups(runs: readonly RunFacts[]): FactGroup[] {
  const config = compareConfigs(runs.map((run) => Object.fromEntries(flatten(run.config))));
  const known = new Map(hyperparameterFields.map(({ name }, place) => [name as string, place]));
  const inOrder = [...config].sort((a, b) => (known.get(a.key) ?? known.size) - (known.get(b.key) ?? known.size));
  const groups = [
    group('Data and backbone', runs.map(materialOf)),
    ...hyperparameterGroups.map((name) => ({ name: name as string, rows: inOrder.filter(({ key }) => groupOf.get(key) === name).map(labelled) })),
    { name: 'Other configuration', rows: inOrder.filter(({ key }) => !groupOf.has(key)).map(labelled) },
    group('Tags and origin', runs.map((run) => ({ Tags: [...run.tags].sort().join(', ') || null, 'Cloned from': run.parentRun?.name ?? null }))),
    group('Where it ran', runs.map(environmentOf)),
  ];
  return groups.filter(({ rows }) => rows.length > 0);
}

const labelled = (row: ConfigRow): FactRow => ({ ...row, label: labels.get(row.key) ?? row.key });
const group = (name: string, facts: readonly Config[]): FactGroup => ({ name, rows: compareConfigs(facts).map(labelled) });

const materialOf = ({ dataset, backbone }: RunFacts): Config => ({
  Dataset: dataset && `${dataset.dataset.name} version ${dataset.version}`,
  'Dataset digest': dataset && shortDigest(dataset.digest),
  Backbone: backbone?.title ?? null,
  'Backbone digest': backbone?.digest ? shortDigest(backbone.digest) : null,
});

function environmentOf({ backend, trainer, gitCommit, environment }: RunFacts): Config {
  // A trainer notes its own commit among the facts of its environment.
  const { gitCommit: noted = null, trainPictures = null, ...facts } = Object.fromEntries(flatten(environment));
  return { Backend: backend ?? null, Trainer: trainer?.name ?? null, ...(trainPictures !== null && { 'Training pictures': trainPictures }), 'Git commit': gitCommit ?? noted, ...facts };
}

/** What is left of the groups when only differences are wanted, or a word is looked for in names and values. */
export function narrowed(groups: readonly FactGroup[], { onlyDifferences, find }: { onlyDifferences: boolean; find: string }): FactGroup[] {
  const words = find.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (name: string, { key, label, values }: FactRow) => {
    const text = [name, key, label, ...values.map((value) => JSON.stringify(value) ?? '')].join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return groups.map(({ name, rows }) => ({ name, rows: rows.filter((row) => (!onlyDifferences || row.differs) && matches(name, row)) })).filter(({ rows }) => rows.length > 0);
}
