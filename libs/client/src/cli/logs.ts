import { setTimeout as sleep } from 'node:timers/promises';
import { InvalidArgumentError, type Command } from 'commander';
import { ApiFault } from '../failures';
import { RunChangedDocument, RunLogAppendedDocument, RunLogPageDocument, type RunLogPageQuery } from '../generated/graphql';
import { findRun } from './find-run';
import { action, mistake, type Outcome, type Session } from './session';

interface Options {
  follow?: boolean;
  tail?: number;
  contains?: string;
}

type Line = NonNullable<RunLogPageQuery['run']>['log']['nodes'][number];

const pageSize = 1000;
const pollMs = 2_000;

export function addLogs(program: Command): void {
  program
    .command('logs')
    .description('print the console output of a run')
    .argument('<run>', 'id or name')
    .option('-f, --follow', 'go on with what is printed until the run has ended')
    .option('--tail <number>', `begin with the last lines, at most ${pageSize}`, tailLength)
    .option('--contains <text>', 'only lines with this text, whatever its case')
    .action(action(logs));
}

function tailLength(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= pageSize) return number;
  throw new InvalidArgumentError(`It must be from 1 to ${pageSize}.`);
}

async function logs(session: Session, wanted: string, { follow = false, tail, contains }: Options): Promise<Outcome> {
  const { client, say } = session;
  const found = await findRun(client, wanted);
  if (!found.ok) return mistake(found.message);
  const { id } = found;
  let wake = new AbortController();
  const look = () => wake.abort();
  // Hints: they shorten the wait between two looks.
  const subscriptions = follow ? [client.subscribe(RunLogAppendedDocument, { id }, look, look), client.subscribe(RunChangedDocument, { id }, look)] : [];
  const lines: Line[] = [];
  try {
    let after: string | null | undefined;
    for (let first = tail ?? pageSize, fromEnd = tail !== undefined; ; [first, fromEnd] = [pageSize, false]) {
      const { run } = await client.request(RunLogPageDocument, { id, first, after, contains, fromEnd }, { retryForMs: follow ? Infinity : undefined });
      if (!run) throw new ApiFault(`The run ${id} is no longer there.`, 'NOT_FOUND');
      const { nodes, pageInfo } = run.log;
      for (const { text } of nodes) say(text);
      lines.push(...nodes);
      after = pageInfo.endCursor ?? after;
      if (pageInfo.hasNextPage) continue;
      // Read once more after the end was seen: lines may have come before it.
      if (!follow || (run.endedAt && nodes.length === 0)) break;
      if (!run.endedAt) await sleep(pollMs, undefined, { signal: wake.signal }).catch(() => {});
      wake = new AbortController();
    }
  } finally {
    for (const stop of subscriptions) stop();
  }
  return { answer: lines, text: '' };
}
