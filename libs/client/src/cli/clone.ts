import type { Command } from 'commander';
import { CloneRunDocument, RunByIdDocument } from '../generated/graphql';
import { findRun } from './find-run';
import { gridHelp, launchGrid, parseGrid } from './grid';
import { collect } from './launch';
import { runAnswer, runText } from './run-answer';
import { action, mistake, refused, type Outcome, type Session } from './session';
import { parseSettings } from './settings';
import { waitForRun } from './wait-for-run';

interface Options {
  set: string[];
  grid: string[];
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
    .option('--grid <key=values>', gridHelp, collect, [])
    .option('--name <name>')
    .option('--tag <tag>', 'may be given again', (value: string, previous: string[] = []) => [...previous, value])
    .option('--notes <text>')
    .option('--dataset <name>')
    .option('--backbone <name>')
    .option('--wait', 'wait for the end, as launch --wait')
    .action(action(clone));
}

async function clone(session: Session, first: string, rest: string[], { set, grid, tag, wait, ...options }: Options): Promise<Outcome> {
  // `clone --set a=1 b=2 RUN` is meant as it reads: the operand without "=" is the run.
  const wanted = [first, ...rest].find((operand) => !operand.includes('=')) ?? first;
  const settings = parseSettings([...set, ...[first, ...rest].filter((operand) => operand !== wanted)]);
  if (!settings.ok) return mistake(...settings.problems);
  const several = parseGrid(grid);
  if (!several.ok) return mistake(...several.problems);
  const origin = await findRun(session.client, wanted);
  if (!origin.ok) return mistake(origin.message);
  if (grid.length > 0) return launchGrid(session, { origin: origin.id, ...options, tags: tag ?? (await tagsOf(session, origin.id)), config: settings.config, grid: several.grid }, wait);
  const { cloneRun } = await session.client.request(CloneRunDocument, { input: { id: origin.id, ...options, tags: tag, config: settings.config } });
  if (!cloneRun.run) return refused(cloneRun.userErrors);
  if (wait) return waitForRun(session, cloneRun.run);
  return { answer: runAnswer(cloneRun.run), text: runText(cloneRun.run) };
}

/** Clones keep them; the tag that the runs of a grid share comes on top. */
const tagsOf = async ({ client }: Session, id: string): Promise<string[]> => (await client.request(RunByIdDocument, { id })).run?.tags ?? [];
