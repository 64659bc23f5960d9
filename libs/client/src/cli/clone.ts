import type { Command } from 'commander';
import { CloneRunDocument } from '../generated/graphql';
import { findRun } from './find-run';
import { collect } from './launch';
import { runAnswer, runText } from './run-answer';
import { action, mistake, refused, type Outcome, type Session } from './session';
import { parseSettings } from './settings';
import { waitForRun } from './wait-for-run';

interface Options {
  set: string[];
  name?: string;
  tag?: string[];
  notes?: string;
  dataset?: string;
  backbone?: string;
  wait?: boolean;
}

export function addClone(program: Command): void {
  program
    .command('clone')
    .description('launch a run again with some hyperparameters changed')
    .argument('<run>', 'id or name')
    .argument('[key=value...]', 'more hyperparameters, as --set')
    .option('--set <key=value>', 'a hyperparameter to change (null: back to its default); may be given again', collect, [])
    .option('--name <name>')
    .option('--tag <tag>', 'may be given again', (value: string, previous: string[] = []) => [...previous, value])
    .option('--notes <text>')
    .option('--dataset <name>')
    .option('--backbone <name>')
    .option('--wait', 'wait for the end, as launch --wait')
    .action(action(clone));
}

async function clone(session: Session, first: string, rest: string[], { set, tag, wait, ...options }: Options): Promise<Outcome> {
  // `clone --set a=1 b=2 RUN` is meant as it reads: the operand without "=" is the run.
  const wanted = [first, ...rest].find((operand) => !operand.includes('=')) ?? first;
  const settings = parseSettings([...set, ...[first, ...rest].filter((operand) => operand !== wanted)]);
  if (!settings.ok) return mistake(...settings.problems);
  const origin = await findRun(session.client, wanted);
  if (!origin.ok) return mistake(origin.message);
  const { cloneRun } = await session.client.request(CloneRunDocument, { input: { id: origin.id, ...options, tags: tag, config: settings.config } });
  if (!cloneRun.run) return refused(cloneRun.userErrors);
  if (wait) return waitForRun(session, cloneRun.run);
  return { answer: runAnswer(cloneRun.run), text: runText(cloneRun.run) };
}
