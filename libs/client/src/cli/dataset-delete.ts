import type { Command } from 'commander';
import type { Client } from '../client';
import { DatasetNamedDocument, DeletedDatasetsDocument, DeleteDatasetDocument, RestoreDatasetDocument, type DeletedDatasetsQuery } from '../generated/graphql';
import { action, mistake, refused, type Outcome, type Session } from './session';
import { onlyOne } from './only-one';

export function addDatasetDelete(dataset: Command): void {
  dataset
    .command('delete')
    .description('put a dataset out of sight; its runs stay')
    .argument('<name>')
    .option('--project <project>', 'needed when several have a dataset of that name')
    .action(action(deleteDataset));
}

export function addDatasetUndelete(dataset: Command): void {
  dataset
    .command('undelete')
    .description('bring a deleted dataset back')
    .argument('<dataset>', 'name or id')
    .option('--project <project>', 'only of this project')
    .option('--name <name>', 'bring it back under another name')
    .action(action(undeleteDataset));
}

async function deleteDataset({ client }: Session, name: string, { project }: { project?: string }): Promise<Outcome> {
  const { dataset } = await client.request(DatasetNamedDocument, { name, project });
  if (!dataset) return mistake(`There is no dataset "${name}"${project ? ` in project "${project}"` : ''}. \`thaw dataset list\` lists them.`);
  const { deleteDataset: deleted } = await client.request(DeleteDatasetDocument, { id: dataset.id }, { idempotent: true });
  if (!deleted.dataset) return refused(deleted.userErrors);
  return { answer: answerOf(deleted.dataset), text: `deleted ${name}  ${dataset.id}\nBring back with: thaw dataset undelete ${dataset.id}` };
}

async function undeleteDataset({ client }: Session, wanted: string, { project, name }: { project?: string; name?: string }): Promise<Outcome> {
  const found = onlyOne('dataset', wanted, await listDeleted(client, project));
  if (!found.ok) return mistake(found.message);
  const { restoreDataset: restored } = await client.request(RestoreDatasetDocument, { id: found.id, name }, { idempotent: true });
  if (!restored.dataset) return refused(restored.userErrors);
  return { answer: answerOf(restored.dataset), text: `restored ${restored.dataset.name}  ${found.id}` };
}

type DeletedDataset = DeletedDatasetsQuery['datasets']['nodes'][number];

const answerOf = ({ project, ...dataset }: DeletedDataset) => ({ ...dataset, project: project.name });

async function listDeleted(client: Client, project?: string): Promise<DeletedDataset[]> {
  const nodes: DeletedDataset[] = [];
  for (let after: string | null | undefined; ; ) {
    const { datasets } = await client.request(DeletedDatasetsDocument, { project, after });
    nodes.push(...datasets.nodes);
    if (!datasets.pageInfo.hasNextPage) return nodes;
    after = datasets.pageInfo.endCursor;
  }
}
