import { findProjects } from '@thaw/db/queries/project/find-projects';
import { findRuns } from '@thaw/db/queries/run/find-runs';
import type { RunRow } from '@thaw/db';
import { Arg, Ctx, Field, ID, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { Context } from '../context';
import { follow } from '../notify/follow';
import { Run } from './run.type';

@ObjectType({ description: 'A run waits for a trainer: a hint to call claimRun.' })
class RunQueued {
  @Field(() => ID)
  id!: string;
}

interface RunChangedArguments {
  project?: string | null;
  id?: string | null;
}

@Resolver()
export class RunSubscriptions {
  @Subscription(() => RunQueued, {
    description: 'A hint only: a trainer also asks on its own from time to time, since a notice can be lost.',
    subscribe: ({ context }) => follow((context as Context).notifier.subscribe('runQueued'), async (id) => (id === null ? [] : [{ id }])),
  })
  runQueued(@Root() queued: RunQueued): RunQueued {
    return queued;
  }

  @Subscription(() => Run, { description: 'A run that was launched, claimed, ended, renamed, or went on to its next phase.', subscribe: ({ args, context }) => runChanges(context as Context, args as RunChangedArguments) })
  runChanged(
    @Root() run: RunRow,
    @Ctx() context: Context,
    @Arg('project', () => String, { nullable: true, description: 'By name; default: every project.' }) _project?: string,
    @Arg('id', () => ID, { nullable: true, description: 'Default: every run.' }) _id?: string,
  ): RunRow {
    context.forget();
    return run;
  }
}

function runChanges({ notifier, db }: Context, { project, id }: RunChangedArguments) {
  return follow(notifier.subscribe('runChanged'), async (hint) => {
    // After a gap in the notices the one run that is followed is told again; lists refetch on their own.
    const changed = hint ?? id;
    if (!changed || (id && changed !== id)) return [];
    const run = (await findRuns(db, [changed])).get(changed);
    if (!run || (project && (await projectName(db, run)) !== project)) return [];
    return [run];
  });
}

async function projectName(db: Context['db'], run: RunRow): Promise<string | undefined> {
  return (await findProjects(db, [run.projectId])).get(run.projectId)?.name;
}
