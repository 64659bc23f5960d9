import type { Command } from 'commander';
import { ListDatasetsDocument, type DatasetLineFragment } from '../generated/graphql';
import { action, type Outcome, type Session } from './session';
import { table } from './table';

export function addDatasetList(dataset: Command): void {
  dataset
    .command('list')
    .description('list datasets')
    .option('--project <project>', 'only of this project')
    .action(action(listDatasets));
}

export const datasetAnswer = ({ id, name, project, createdAt, latestVersion }: DatasetLineFragment) => ({ id, name, project: project.name, createdAt, ...latestVersion });

async function listDatasets({ client }: Session, { project }: { project?: string }): Promise<Outcome> {
  const nodes: DatasetLineFragment[] = [];
  for (let after: string | null | undefined; ; ) {
    const { datasets } = await client.request(ListDatasetsDocument, { project, first: 100, after });
    nodes.push(...datasets.nodes);
    if (!datasets.pageInfo.hasNextPage) break;
    after = datasets.pageInfo.endCursor;
  }
  const answer = nodes.map(datasetAnswer);
  const rows = answer.map((line) => [line.name, line.project, line.version, line.classes.length, line.trainCount, line.valCount, line.digest.slice(0, 12)]);
  return { answer, text: rows.length > 0 ? table(['NAME', 'PROJECT', 'VERSION', 'CLASSES', 'TRAIN', 'VAL', 'DIGEST'], rows) : 'No datasets yet: thaw dataset import DIR --name NAME' };
}
