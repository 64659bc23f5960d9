import { execFileSync } from 'node:child_process';
import type { Command } from 'commander';
import { LaunchRunDocument } from '../generated/graphql';
import { decimal } from './dataset-import';
import { gridHelp, launchGrid, parseGrid } from './grid';
import { runAnswer, runText } from './run-answer';
import { action, mistake, refused, type Outcome, type Session } from './session';
import { parseSettings } from './settings';
import { waitForRun } from './wait-for-run';

interface Options {
  dataset: string;
  datasetVersion?: number;
  backbone: string;
  set: string[];
  grid: string[];
  name?: string;
  project?: string;
  tag: string[];
  notes?: string;
  priority?: number;
  label: string[];
  memoryGib?: number;
  trainer?: string;
  wait?: boolean;
}

export const collect = (value: string, previous: string[]): string[] => [...previous, value];

export function addLaunch(program: Command): void {
  program
    .command('launch')
    .description('queue a run; a trainer takes it')
    .argument('[key=value...]', 'more hyperparameters, as --set')
    .requiredOption('--dataset <name>', 'dataset to train on')
    .option('--dataset-version <number>', 'default: the latest', decimal)
    .requiredOption('--backbone <name>', 'pretrained model to start from')
    .option('--set <key=value>', 'a hyperparameter; may be given again', collect, [])
    .option('--grid <key=values>', gridHelp, collect, [])
    .option('--name <name>', 'name of the run; of several, what their names begin with')
    .option('--project <project>')
    .option('--tag <tag>', 'may be given again', collect, [])
    .option('--notes <text>')
    .option('--priority <number>', 'higher goes first', decimal)
    .option('--label <label>', 'only a trainer that has it, such as gpu; may be given again', collect, [])
    .option('--memory-gib <number>', 'only a trainer with so much memory, and so much of it free', decimal)
    .option('--trainer <name>', 'only this trainer')
    .option('--wait', 'wait for the end and print the metrics of the best epoch; exit code 1 unless it finished')
    .action(action(launch));
}

async function launch(session: Session, pairs: string[], { set, grid, tag, label, memoryGib, trainer, wait, ...options }: Options): Promise<Outcome> {
  const settings = parseSettings([...set, ...pairs]);
  if (!settings.ok) return mistake(...settings.problems);
  const several = parseGrid(grid);
  if (!several.ok) return mistake(...several.problems);
  const constraints = label.length > 0 || memoryGib !== undefined || trainer !== undefined ? { labels: label, memoryGiB: memoryGib, trainer } : undefined;
  const input = { ...options, constraints, config: settings.config, tags: tag, gitCommit: gitCommit() };
  if (grid.length > 0) return launchGrid(session, { ...input, grid: several.grid }, wait);
  const { launchRun } = await session.client.request(LaunchRunDocument, { input });
  if (!launchRun.run) return refused(launchRun.userErrors);
  if (wait) return waitForRun(session, launchRun.run);
  return { answer: runAnswer(launchRun.run), text: runText(launchRun.run) };
}

/** The commit of the user's own work, when the command is given inside a repository. */
function gitCommit(): string | undefined {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 2_000 }).trim();
  } catch {
    return undefined;
  }
}
