import type { Command } from 'commander';
import type { Client } from '../client';
import { DeleteRunsDocument, RestoreRunsDocument } from '../generated/graphql';
import { findRun } from './find-run';
import { action, mistake, refused, type Outcome, type Session } from './session';

export function addDelete(program: Command): void {
  program
    .command('delete')
    .description('put runs out of sight; `thaw undelete` brings them back until `thaw gc` removes them for good')
    .argument('<run...>', 'ids or names')
    .action(action(deleteRuns));
}

export function addUndelete(program: Command): void {
  program
    .command('undelete')
    .description('bring deleted runs back')
    .argument('<run...>', 'ids or names')
    .action(action(undeleteRuns));
}

async function deleteRuns({ client }: Session, wanted: string[]): Promise<Outcome> {
  const { ids, problems } = await findRuns(client, wanted, false);
  if (problems.length > 0) return mistake(...problems);
  const { deleteRuns: deleted } = await client.request(DeleteRunsDocument, { ids }, { idempotent: true });
  if (deleted.userErrors.length > 0) return refused(deleted.userErrors);
  const lines = deleted.runs.map(({ id, name }) => `deleted ${name}  ${id}`);
  return { answer: deleted.runs, text: [...lines, `Bring back with: thaw undelete ${deleted.runs.map(({ id }) => id).join(' ')}`].join('\n') };
}

async function undeleteRuns({ client }: Session, wanted: string[]): Promise<Outcome> {
  const { ids, problems } = await findRuns(client, wanted, true);
  if (problems.length > 0) return mistake(...problems);
  const { restoreRuns: restored } = await client.request(RestoreRunsDocument, { ids }, { idempotent: true });
  if (restored.userErrors.length > 0) return refused(restored.userErrors);
  return { answer: restored.runs, text: restored.runs.map(({ id, name, status }) => `restored ${name}  ${status}  ${id}`).join('\n') };
}

async function findRuns(client: Client, wanted: readonly string[], deleted: boolean): Promise<{ ids: string[]; problems: string[] }> {
  const found = await Promise.all(wanted.map((each) => findRun(client, each, { deleted })));
  return { ids: found.flatMap((each) => (each.ok ? [each.id] : [])), problems: found.flatMap((each) => (each.ok ? [] : [each.message])) };
}
