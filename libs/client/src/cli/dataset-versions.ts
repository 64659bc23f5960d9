import type { Command } from 'commander';
import { DatasetVersionsDocument, type VersionLineFragment } from '../generated/graphql';
import { action, mistake, type Outcome, type Session } from './session';
import { table } from './table';

export interface OfProject {
  project?: string;
}

export function addDatasetVersions(dataset: Command): void {
  dataset
    .command('versions')
    .description('list the versions of a dataset, newest first')
    .argument('<name>')
    .option('--project <project>', 'needed when several have a dataset of that name')
    .action(action(listVersions));
}

export const versionAnswer = ({ parent, id: _, ...version }: VersionLineFragment) => ({ ...version, parent: parent?.version ?? null });

export const noDataset = (name: string, { project }: OfProject): Outcome => mistake(`There is no dataset "${name}"${project ? ` in project "${project}"` : ''}. \`thaw dataset list\` lists them.`);

async function listVersions({ client }: Session, name: string, { project }: OfProject): Promise<Outcome> {
  const { dataset } = await client.request(DatasetVersionsDocument, { name, project });
  if (!dataset) return noDataset(name, { project });
  const answer = dataset.versions.map(({ runCount, ...version }) => ({ ...versionAnswer(version), runs: runCount }));
  const rows = answer.map((each) => [each.version, each.parent, each.classes.length, each.trainCount, each.valCount, each.duplicateCounts?.leaks, each.runs, each.digest.slice(0, 12), each.createdAt]);
  return { answer, text: table(['VERSION', 'PARENT', 'CLASSES', 'TRAIN', 'VAL', 'LEAKS', 'RUNS', 'DIGEST', 'CREATED'], rows) };
}

/** The number of the latest version, from which `changes` and `duplicates` start when none is named; null without a dataset. */
export async function latestVersion({ client }: Session, name: string, { project }: OfProject): Promise<number | null> {
  const { dataset } = await client.request(DatasetVersionsDocument, { name, project });
  return dataset?.versions[0]?.version ?? null;
}
