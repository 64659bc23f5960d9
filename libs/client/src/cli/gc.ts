import { InvalidArgumentError, type Command } from 'commander';
import { CollectGarbageDocument } from '../generated/graphql';
import { action, refused, type Outcome, type Session } from './session';
import { bytes, counted } from './table';

export function addGc(program: Command): void {
  program
    .command('gc')
    .description('remove for good what is deleted, then the files nothing refers to, and give the disk back')
    .option('--older-than <age>', 'only what was deleted at least so long ago: 7d, 12h, 30m, 45s', seconds, 0)
    .option('--dry-run', 'only say what would be removed')
    .action(action(gc));
}

/** It answers when it is done, and rewriting a large table takes its time. */
const patience = 24 * 3600 * 1000;

async function gc({ client, warn }: Session, { olderThan, dryRun = false }: { olderThan: number; dryRun?: boolean }): Promise<Outcome> {
  const { collectGarbage } = await client.request(CollectGarbageDocument, { olderThanSeconds: olderThan, dryRun }, { silenceMs: patience });
  const { userErrors, ...answer } = collectGarbage;
  if (userErrors.length > 0) return refused(userErrors);
  for (const note of answer.notes) warn(note);
  const { runs, datasets, projects, blobs, blobBytes, databaseBytesBefore, databaseBytesAfter } = answer;
  const what = `${counted(runs, 'run')}, ${counted(datasets, 'dataset')}, ${counted(projects, 'project')} and ${counted(blobs, 'file')} (${bytes(blobBytes)})`;
  if (dryRun) return { answer, text: `would remove ${what}` };
  return { answer, text: `removed ${what}\ndatabase: ${bytes(databaseBytesBefore ?? 0)} before, ${bytes(databaseBytesAfter ?? 0)} now` };
}

const units: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

function seconds(age: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([smhdw])$/.exec(age.trim()) ?? [];
  const total = Number(number) * units[unit ?? '']!;
  if (unit === undefined || total > 2 ** 31 - 1) throw new InvalidArgumentError('It must be a number and a unit, s, m, h, d or w: 7d.');
  return Math.floor(total);
}
