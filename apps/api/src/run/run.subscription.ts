import type { RunRow } from '@thaw/db';
import { Arg, Ctx, Field, FieldResolver, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '../context';
import { iterate } from '../notify/iterate';
import { ChangeCursor } from './change-cursor';
import { Run } from './run.type';

@ObjectType({ description: 'A run waits for a trainer: a hint to call claimRun.' })
class RunQueued {
  @Field(() => ID, { description: 'The run that waits.' })
  id!: string;
}

interface RunChangedArguments {
  project?: string | null;
  id?: string | null;
  after?: string | null;
}

@Resolver(() => Run)
export class RunSubscriptions {
  @Subscription(() => RunQueued, {
    description: 'A hint only, given to a few subscribers at first and to more while the run still waits: a trainer also asks on its own from time to time.',
    subscribe: ({ context }) => (context as Context).live.queue.subscribe(),
  })
  runQueued(@Root() id: string): RunQueued {
    return { id };
  }

  @Subscription(() => Run, {
    description: 'A run that was launched, claimed, ended, renamed, deleted, or went on to its next phase, as it is now: several changes shortly after one another are told as one. From now on, or from `after` on.',
    subscribe: ({ args, context }) => runChanges(context as Context, args as RunChangedArguments),
  })
  runChanged(
    @Root() run: RunRow,
    @Ctx() context: Context,
    @Arg('project', () => String, { nullable: true, description: 'By name; default: every project.' }) _project?: string,
    @Arg('id', () => ID, { nullable: true, description: 'Default: every run.' }) _id?: string,
    @Arg('after', () => String, { nullable: true, description: 'changeCursor of the last run you were told, with the same project and id: you go on from there without a gap or a duplicate. Default: from now on.' }) _after?: string,
  ): RunRow {
    context.forget();
    return run;
  }

  @FieldResolver(() => String, { description: 'Give it to runChanged as `after`: you are told what changed since this run was read. Of a list of runs take that of the first page.' })
  changeCursor(@Root() run: RunRow & { changeCursor?: string }, @Ctx() context: Context): string {
    return run.changeCursor ?? ChangeCursor.of(run, context.changesBefore ?? 0).seal();
  }
}

async function runChanges({ live }: Context, { project, id, after }: RunChangedArguments) {
  const followed = await live.changes.follow({ project, id: id?.toLowerCase() }, after);
  return iterate(async () => {
    const run = await followed.next();
    return run && { value: run };
  }, () => followed.leave());
}
