import type { Command } from 'commander';
import type { Client } from '../client';
import { DeleteProjectDocument, ListProjectsDocument, ProjectNamedDocument, RestoreProjectDocument, type ListProjectsQuery } from '../generated/graphql';
import { onlyOne } from './only-one';
import { action, mistake, refused, type Outcome, type Session } from './session';
import { table } from './table';

export function addProjectCommands(project: Command): void {
  project
    .command('list')
    .description('list projects')
    .option('--deleted', 'the deleted ones instead')
    .action(action(listProjects));
  project
    .command('delete')
    .description('put a project out of sight, with all its runs and datasets')
    .argument('<name>')
    .action(action(deleteProject));
  project
    .command('undelete')
    .description('bring a deleted project back, with what was deleted with it')
    .argument('<project>', 'name or id')
    .option('--name <name>', 'bring it back under another name')
    .action(action(undeleteProject));
}

async function listProjects({ client }: Session, { deleted = false }: { deleted?: boolean }): Promise<Outcome> {
  const projects = await allProjects(client, deleted);
  const rows = projects.map(({ id, name, runCount, datasetCount, deletedAt }) => [name, runCount, datasetCount, ...(deleted ? [deletedAt, id] : [])]);
  return { answer: projects, text: rows.length > 0 ? table(['NAME', 'RUNS', 'DATASETS', ...(deleted ? ['DELETED', 'ID'] : [])], rows) : deleted ? 'No project is deleted.' : 'No projects yet.' };
}

async function deleteProject({ client }: Session, name: string): Promise<Outcome> {
  const { project } = await client.request(ProjectNamedDocument, { name });
  if (!project) return mistake(`There is no project "${name}". \`thaw project list\` lists them.`);
  const { deleteProject: deleted } = await client.request(DeleteProjectDocument, { id: project.id }, { idempotent: true });
  if (!deleted.project) return refused(deleted.userErrors);
  return { answer: deleted.project, text: `deleted ${name}  ${project.id}\nBring back with: thaw project undelete ${project.id}` };
}

async function undeleteProject({ client }: Session, wanted: string, { name }: { name?: string }): Promise<Outcome> {
  const found = onlyOne('project', wanted, await allProjects(client, true));
  if (!found.ok) return mistake(found.message);
  const { restoreProject: restored } = await client.request(RestoreProjectDocument, { id: found.id, name }, { idempotent: true });
  if (!restored.project) return refused(restored.userErrors);
  return { answer: restored.project, text: `restored ${restored.project.name}  ${found.id}` };
}

type ListedProject = ListProjectsQuery['projects']['nodes'][number];

async function allProjects(client: Client, deleted: boolean): Promise<ListedProject[]> {
  const nodes: ListedProject[] = [];
  for (let after: string | null | undefined; ; ) {
    const { projects } = await client.request(ListProjectsDocument, { deleted, after });
    nodes.push(...projects.nodes);
    if (!projects.pageInfo.hasNextPage) return nodes;
    after = projects.pageInfo.endCursor;
  }
}
