import type { Command } from 'commander';
import type { UserError } from '../failures';
import { CancelRunDocument, FinishRunEarlyDocument, PauseRunDocument, ResumeRunDocument, type RunResultFragment } from '../generated/graphql';
import { findRun } from './find-run';
import { runAnswer, runText } from './run-answer';
import { action, mistake, refused, type Outcome, type Session } from './session';

interface Changed {
  run: RunResultFragment | null;
  userErrors: UserError[];
}

type Change = (session: Session, id: string) => Promise<Changed>;

const idempotent = { idempotent: true };

/** What may be wished of a run. It is repeated when the answer is lost: wishing twice is wishing once. */
const changes: { name: string; description: string; change: Change }[] = [
  { name: 'pause', description: 'set a run aside; its trainer makes a checkpoint and goes on to another run', change: async ({ client }, id) => (await client.request(PauseRunDocument, { id }, idempotent)).pauseRun },
  { name: 'resume', description: 'queue a paused run again; it goes on from its checkpoint', change: async ({ client }, id) => (await client.request(ResumeRunDocument, { id }, idempotent)).resumeRun },
  { name: 'finish', description: 'end the training of a run now and keep its best model, evaluated', change: async ({ client }, id) => (await client.request(FinishRunEarlyDocument, { id }, idempotent)).finishRunEarly },
  { name: 'cancel', description: 'end a run; its trainer stops at once', change: async ({ client }, id) => (await client.request(CancelRunDocument, { id }, idempotent)).cancelRun },
];

export function addRunChanges(program: Command): void {
  for (const { name, description, change } of changes) {
    program.command(name).description(description).argument('<run>', 'id or name').action(action((session, wanted: string) => changeRun(session, wanted, change)));
  }
}

async function changeRun(session: Session, wanted: string, change: Change): Promise<Outcome> {
  const found = await findRun(session.client, wanted);
  if (!found.ok) return mistake(found.message);
  const { run, userErrors } = await change(session, found.id);
  if (!run || userErrors.length > 0) return refused(userErrors);
  return { answer: runAnswer(run), text: runText(run) };
}
