import type { LogLineRow } from '@thaw/db';
import { findLastLines } from '@thaw/db/queries/log/find-last-lines';
import { readAppendedLines } from '@thaw/db/queries/log/read-appended-lines';
import { Arg, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '../context';
import type { Source } from '../notify/appended';
import { openSeqs, sealSeqs } from '../notify/cursor';
import { iterate } from '../notify/iterate';
import { checkRunIds } from '../run/check-run-ids';
import { LogLine } from './log.type';

/** Bytes of text that weigh as much as one point. */
const bytesPerUnit = 24;

export const logSource: Source<LogLineRow> = {
  topic: 'logAppended',
  newest: findLastLines,
  weigh: ({ text }) => 1 + text.length / bytesPerUnit,
  async read(db, since) {
    const { byRun, more } = await readAppendedLines(db, since);
    return { byRun: new Map([...byRun].map(([id, lines]) => [id, { items: lines, to: lines.at(-1)!.seq, reset: false }])), more };
  },
};

@ObjectType({ description: 'Lines that are new since the last event of this subscription.' })
class RunLog {
  @Field(() => String, { description: 'Where this event ends: give it as `after` when you subscribe again, and you go on from here without a gap or a duplicate.' })
  cursor!: string;

  @Field(() => [LogLine], { description: 'In order of arrival, which is the order of printing when the writer sends in order.' })
  lines!: LogLine[];

  @Field(() => Boolean, { description: 'The `after` is of another run, or of a database before it was restored: read Run.log anew.' })
  reset!: boolean;
}

interface Arguments {
  runId: string;
  after?: string | null;
}

export const cursorKind = 'runLog';

@Resolver()
export class LogSubscriptions {
  @Subscription(() => RunLog, {
    description: 'Console output as it arrives, from now on or from `after` on: every line once, at most four events a second.',
    subscribe: ({ args, context }) => follow(context as Context, args as Arguments),
  })
  runLog(
    @Root() event: RunLog,
    @Arg('runId', () => ID, { description: 'It need not exist yet.' }) _runId: string,
    @Arg('after', () => String, { nullable: true, description: 'The cursor of the last event you got, or followCursor of a page of Run.log. Default: from now on.' }) _after?: string | null,
  ): RunLog {
    return event;
  }
}

async function follow({ live }: Context, { runId, after }: Arguments) {
  const [id] = checkRunIds([runId], 'runId');
  const following = await live.log.follow([id!], after ? new Map(openSeqs(cursorKind, after)) : undefined);
  return iterate<RunLog>(async () => {
    const deltas = await following.next();
    const delta = deltas?.get(id!);
    return delta ? { value: { cursor: sealSeqs(cursorKind, following.seen), lines: delta.items, reset: delta.reset } } : null;
  }, () => following.leave());
}
