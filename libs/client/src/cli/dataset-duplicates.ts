import type { Command } from 'commander';
import { DatasetDuplicatesDocument } from '../generated/graphql';
import { decimal } from './dataset-import';
import { latestVersion, noDataset } from './dataset-versions';
import { action, mistake, type Outcome, type Session } from './session';
import { table } from './table';

interface Options {
  project?: string;
  version?: number;
  leaks?: boolean;
  limit: number;
}

export function addDatasetDuplicates(dataset: Command): void {
  dataset
    .command('duplicates')
    .description('pictures of a dataset that are the same or nearly so')
    .argument('<name>')
    .option('--project <project>', 'needed when several have a dataset of that name')
    .option('--version <version>', 'default: the latest', decimal)
    .option('--leaks', 'only pairs of a training and a validation picture')
    .option('--limit <number>', 'at most this many, up to 1000', decimal, 100)
    .action(action(listDuplicates));
}

async function listDuplicates(session: Session, name: string, { project, leaks = false, limit, ...options }: Options): Promise<Outcome> {
  const version = options.version ?? (await latestVersion(session, name, { project }));
  if (version === null) return noDataset(name, { project });
  const { dataset } = await session.client.request(DatasetDuplicatesDocument, { name, project, version, kind: leaks ? 'LEAK' : null, first: limit });
  if (!dataset) return noDataset(name, { project });
  if (!dataset.version) return mistake(`"${name}" has no version ${version}. \`thaw dataset versions ${JSON.stringify(name)}\` lists them.`);
  const { duplicates, ...rest } = dataset.version;
  const rows = duplicates.nodes.map(({ exact, distance, leaks: leaking, first, second }) => [exact ? 'exact' : `near (${distance})`, leaking ? 'leak' : '', first.path, second.path]);
  const more = duplicates.totalCount > rows.length ? `\n${duplicates.totalCount - rows.length} more; see --limit` : '';
  const none = rest.duplicateCounts ? `No ${leaks ? 'leaks' : 'duplicates'} in version ${version}.` : `The pictures of version ${version} have yet to be compared; ask again in a while.`;
  return { answer: { ...rest, totalCount: duplicates.totalCount, duplicates: duplicates.nodes }, text: rows.length > 0 ? table(['LIKENESS', '', 'PICTURE', 'AND'], rows) + more : none };
}
