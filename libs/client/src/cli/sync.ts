import { type Command, InvalidArgumentError } from 'commander';
import { spoolFolder } from '../logging/spool-folder';
import { syncSpool } from '../logging/sync-spool';
import { action, type Outcome, type Session } from './session';
import { counted } from './table';

interface Options {
  spool?: string;
  wait: number;
}

export function addSync(program: Command): void {
  program
    .command('sync')
    .description('send what scripts have left in the spool folder: to THAW_URL when that is set, else to where each run was logged')
    .option('--spool <folder>', 'the folder (default: THAW_SPOOL, else ~/.thaw/spool)')
    .option('--wait <seconds>', 'how long to go on while nothing arrives', seconds, 10)
    .action(action(sync));
}

async function sync({ client }: Session, { spool, wait }: Options): Promise<Outcome> {
  const folder = spoolFolder(spool);
  const report = await syncSpool({ folder, url: process.env.THAW_URL ? client.url : undefined, token: process.env.THAW_TOKEN, patienceMs: wait * 1000 });
  const { sent, kept, inUse, problems } = report;
  const lines = [
    `${counted(sent.length, 'run')} sent from ${folder}.`,
    ...(inUse.length > 0 ? [`${counted(inUse.length, 'run')} in use by a process that is still logging.`] : []),
  ];
  const reasons = new Map<string, number>();
  for (const { url, reason } of kept) reasons.set(`for ${url}: ${reason}`, (reasons.get(`for ${url}: ${reason}`) ?? 0) + 1);
  const complaints = [...problems, ...[...reasons].map(([reason, count]) => `${counted(count, 'run')} still in the spool ${reason}`)];
  return { answer: { folder, ...report }, text: lines.join('\n'), failed: complaints.length > 0, complaint: complaints.join('\n') || undefined };
}

function seconds(text: string): number {
  const number = Number(text);
  if (!(number >= 0)) throw new InvalidArgumentError('It must be a number of seconds.');
  return number;
}
