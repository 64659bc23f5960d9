import type { Command } from 'commander';
import { CancelRunDocument } from '../generated/graphql';
import { findRun } from './find-run';
import { runAnswer, runText } from './run-answer';
import { action, mistake, refused, type Outcome, type Session } from './session';

export function addCancel(program: Command): void {
  program
    .command('cancel')
    .description('end a run; its trainer stops at the next batch')
    .argument('<run>', 'id or name')
    .action(action(cancel));
}

async function cancel({ client }: Session, wanted: string): Promise<Outcome> {
  const found = await findRun(client, wanted);
  if (!found.ok) return mistake(found.message);
  const { cancelRun } = await client.request(CancelRunDocument, { id: found.id }, { idempotent: true });
  if (!cancelRun.run || cancelRun.userErrors.length > 0) return refused(cancelRun.userErrors);
  return { answer: runAnswer(cancelRun.run), text: runText(cancelRun.run) };
}
