import { Command } from 'commander';
import { defaultUrl } from '../default-url';
import { addAlertCommands } from './alerts';
import { addBackboneFetch } from './backbone-fetch';
import { addBackboneImport } from './backbone-import';
import { addBackboneList } from './backbone-list';
import { addBackup, addRestore } from './backup';
import { addRunChanges } from './change-run';
import { addClone } from './clone';
import { addDatasetDelete, addDatasetUndelete } from './dataset-delete';
import { addDatasetImport } from './dataset-import';
import { addDatasetChanges } from './dataset-changes';
import { addDatasetDuplicates } from './dataset-duplicates';
import { addDatasetList } from './dataset-list';
import { addDatasetUpdate } from './dataset-update';
import { addDatasetVersions } from './dataset-versions';
import { addDelete, addUndelete } from './delete';
import { addDoctor } from './doctor';
import { addExport } from './export';
import { addGc } from './gc';
import { addLaunch } from './launch';
import { addLogs } from './logs';
import { addMetrics } from './metrics';
import { addProjectCommands } from './project';
import { addQuery } from './query';
import { addRuns } from './runs';
import { addSuggest } from './suggest';
import { addSync } from './sync';
import { addTrainers } from './trainers';

export function createProgram(): Command {
  const program = new Command('thaw')
    .description('Fine-tune pretrained models and compare the runs.')
    .option('--json', 'print the answer as JSON on stdout, everything else on stderr')
    .addHelpText('after', `\nEvery command takes --json. The API is looked for at THAW_URL (default ${defaultUrl}).`)
    .showSuggestionAfterError();
  const dataset = program.command('dataset').description('import, update, compare and delete datasets');
  const backbone = program.command('backbone').description('import, download and list backbones');
  for (const add of [addDatasetImport, addDatasetUpdate, addDatasetList, addDatasetVersions, addDatasetChanges, addDatasetDuplicates, addDatasetDelete, addDatasetUndelete]) add(dataset);
  for (const add of [addBackboneImport, addBackboneList, addBackboneFetch]) add(backbone);
  addAlertCommands(program.command('alerts').description('list alert rules and what they sent, test webhooks'));
  addProjectCommands(program.command('project').description('list and delete projects'));
  for (const add of [addLaunch, addClone, addSuggest, addRunChanges, addDelete, addUndelete, addRuns, addMetrics, addLogs, addQuery, addExport, addSync, addTrainers]) add(program);
  for (const add of [addGc, addBackup, addRestore, addDoctor]) add(program);
  everyCommand(program, (command) => {
    if (command.commands.length === 0) command.option('--json', 'print the answer as JSON on stdout');
  });
  return program;
}

function everyCommand(command: Command, visit: (command: Command) => void): void {
  for (const child of command.commands) {
    visit(child);
    everyCommand(child, visit);
  }
}
