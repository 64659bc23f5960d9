import { appendLog, type AppendedLog } from '@thaw/db/queries/log/append-log';
import { countLog } from '@thaw/db/queries/log/count-log';
import { listLog, type LogPosition } from '@thaw/db/queries/log/list-log';
import type { LogLineRow, RunRow } from '@thaw/db';
import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { checkFirst, decodeCursor, encodeCursor, type Page, toPage } from '../connection';
import type { Context } from '../context';
import { badInput, userError, type UserError } from '../errors';
import { sealSeqs } from '../notify/cursor';
import { Run } from '../run/run.type';
import { checkLines } from './check-lines';
import { AppendLogInput, AppendLogPayload } from './log.input';
import { cursorKind, LogSubscriptions } from './log.subscription';
import { LogLine, LogLineConnection, LogStream } from './log.type';

@Resolver(() => Run)
class LogResolver {
  @Mutation(() => AppendLogPayload, { description: 'Stores console output: the lines whole or not at all, and each number once however often it is sent.' })
  async appendLog(@Ctx() { db }: Context, @Arg('input', () => AppendLogInput, { description: 'Lines of one run.' }) input: AppendLogInput): Promise<AppendLogPayload> {
    const { lines, problems } = checkLines(input);
    if (problems.length > 0) return { accepted: 0, userErrors: problems };
    const appended = await appendLog(db, { runId: input.runId, leaseToken: input.leaseToken ?? null, lines });
    return appended.ok ? { accepted: lines.length, userErrors: [] } : { accepted: 0, userErrors: [refused(input, appended)] };
  }

  @FieldResolver(() => LogLineConnection, { description: 'Its console output, in the order it was printed.' })
  async log(
    @Root() { id: runId }: RunRow,
    @Ctx() context: Context,
    @Arg('first', () => Int, { defaultValue: 100, description: 'Lines of the page, 1 to 1000.' }) first = 100,
    @Arg('after', () => String, { nullable: true, description: 'endCursor of the page before, or the cursor of any line.' }) after?: string | null,
    @Arg('contains', () => String, { nullable: true, description: 'Only lines with this text, whatever its case.' }) contains?: string | null,
    @Arg('fromEnd', () => Boolean, { defaultValue: false, description: 'The last lines instead of the first; not together with after.' }) fromEnd = false,
    @Arg('before', () => String, { nullable: true, description: 'The cursor of a line: the last lines before it, in the order they were printed; not together with after.' }) before?: string | null,
    @Arg('stream', () => LogStream, { nullable: true, description: 'Only what was printed there.' }) stream?: LogStream | null,
  ): Promise<Page<LogLineRow> & { followCursor: string }> {
    const backwards = fromEnd || Boolean(before);
    if (backwards && after) throw badInput(`${before ? 'before' : 'fromEnd'} and after exclude each other: page on with after, back with before, or read the end with fromEnd.`);
    const which = { runId, contains: contains ? contains.replaceAll('\0', '\uFFFD') : null, stream: stream ?? null };
    const page = await context.load(listLog, {
      ...which, backwards, first: checkFirst(first) + (backwards ? 0 : 1),
      after: after ? readCursor('after', after) : null, before: before ? readCursor('before', before) : null,
    });
    const { lines, newest } = page!;
    return {
      ...toPage(lines, first, cursorOf, () => countLog(context.db, which)),
      followCursor: sealSeqs(cursorKind, [[runId, newest]]),
    };
  }
}

@Resolver(() => LogLine)
class LogLineResolver {
  @FieldResolver(() => String, { description: 'Where it stands in Run.log: give it as `after` or `before` to read on from here.' })
  cursor(@Root() line: LogLineRow): string {
    return cursorOf(line);
  }
}

const cursorOf = ({ claim, line }: LogPosition) => encodeCursor([claim, line]);

function readCursor(name: 'after' | 'before', cursor: string): LogPosition {
  const [claim, line, ...rest] = decodeCursor(cursor, name);
  if (isInt(claim) && isInt(line) && rest.length === 0) return { claim, line };
  throw badInput(`${name} is no cursor of a log. Pass the cursor of a line, or pageInfo.endCursor of a page.`);
}

const isInt = (value: unknown): value is number => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;

function refused({ runId, leaseToken }: AppendLogInput, { reason }: Extract<AppendedLog, { ok: false }>): UserError {
  switch (reason) {
    case 'RUN_UNKNOWN':
      return userError('runId', reason, `There is no run ${runId}.`);
    case 'RUN_DELETED':
      return userError('runId', reason, `Run ${runId}, or its project, has been deleted; nothing can be logged to it. Restore it to go on.`);
    case 'RUN_ENDED':
      return userError('runId', reason, `Run ${runId} has ended; nothing can be logged to it any more.`);
    case 'LEASE_LOST':
      return userError('leaseToken', reason, leaseToken ? `Another trainer has run ${runId} by now, or it waits for one. Stop, and claim anew.` : `Run ${runId} is run by a trainer: only who holds its lease can log to it. Pass the leaseToken of claimRun.`);
  }
}

export const logResolvers = [LogResolver, LogLineResolver, LogSubscriptions] as const;
