import type { Command } from 'commander';
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
    .argument('<run...>', 'ids, as `thaw delete` printed them')
    .action(action(undeleteRuns));
}

async function deleteRuns({ client }: Session, wanted: string[]): Promise<Outcome> {
  const found = await Promise.all(wanted.map((each) => findRun(client, each)));
  const ids = found.flatMap((each) => (each.ok ? [each.id] : []));
  if (ids.length < found.length) return mistake(...found.flatMap((each) => (each.ok ? [] : [each.message])));
  const { deleteRuns: deleted } = await client.request(DeleteRunsDocument, { ids }, { idempotent: true });
  if (deleted.userErrors.length > 0) return refused(deleted.userErrors);
  const lines = deleted.runs.map(({ id, name }) => `deleted ${name}  ${id}`);
  return { answer: deleted.runs, text: [...lines, `Bring back with: thaw undelete ${deleted.runs.map(({ id }) => id).join(' ')}`].join('\n') };
}

async function undeleteRuns({ client }: Session, ids: string[]): Promise<Outcome> {
  const { restoreRuns: restored } = await client.request(RestoreRunsDocument, { ids }, { idempotent: true });
  if (restored.userErrors.length > 0) return refused(restored.userErrors);
  return { answer: restored.runs, text: restored.runs.map(({ id, name, status }) => `restored ${name}  ${status}  ${id}`).join('\n') };
}
