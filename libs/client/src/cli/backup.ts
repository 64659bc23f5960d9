import type { Command } from 'commander';
import { action, type Outcome, type Session } from './session';
import { bytes, counted } from './table';

export function addBackup(program: Command): void {
  program
    .command('backup')
    .description('write the whole installation to a file, of one moment, while it is in use')
    .argument('<file>', 'replaced, if it is there, when the new one is complete')
    .action(action(backup));
}

export function addRestore(program: Command): void {
  program
    .command('restore')
    .description('fill an empty installation from a backup: all of it or, when anything is wrong, nothing')
    .argument('<file>', 'as `thaw backup` wrote it')
    .action(action(restore));
}

async function backup({ client }: Session, file: string): Promise<Outcome> {
  const size = await client.backups.save(file);
  return { answer: { file, size }, text: `wrote ${file} (${bytes(size)})` };
}

async function restore({ client }: Session, file: string): Promise<Outcome> {
  const restored = await client.backups.restore(file);
  const { createdAt, rows, blobs, blobBytes } = restored;
  return { answer: restored, text: `restored ${counted(rows.project, 'project')}, ${counted(rows.dataset, 'dataset')}, ${counted(rows.run, 'run')} and ${counted(blobs, 'file')} (${bytes(blobBytes)}) as of ${createdAt}` };
}
