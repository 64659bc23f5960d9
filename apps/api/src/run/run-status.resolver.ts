import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../context';
import { askOfRun } from './change-status';
import { RunPayload } from './run.input';

/** What a person may ask of a run; what each does in which status is written in @thaw/run-states. */
@Resolver()
export class RunStatusResolver {
  @Mutation(() => RunPayload, { description: 'A waiting run ends at once; a running one between two batches, within two seconds. An external run only notes the wish in cancelRequestedAt: its script may look there and call finishRun.' })
  cancelRun(@Ctx() context: Context, @Arg('id', () => ID, { description: 'The run to end.' }) id: string): Promise<RunPayload> {
    return askOfRun(context, id, 'cancel');
  }

  @Mutation(() => RunPayload, { description: 'Sets a run aside: a waiting one at once; a running one once its trainer has made a checkpoint and handed it back (until then pauseRequestedAt is set).' })
  pauseRun(@Ctx() context: Context, @Arg('id', () => ID, { description: 'The run to set aside.' }) id: string): Promise<RunPayload> {
    return askOfRun(context, id, 'pause');
  }

  @Mutation(() => RunPayload, { description: 'Queues a paused run again, to go on from its checkpoint; takes back the wish to pause one that still runs.' })
  resumeRun(@Ctx() context: Context, @Arg('id', () => ID, { description: 'The run to go on with.' }) id: string): Promise<RunPayload> {
    return askOfRun(context, id, 'resume');
  }

  @Mutation(() => RunPayload, { description: 'Stops the training of a running run now, evaluates and keeps its best model: it ends as FINISHED, EARLY_STOPPED.' })
  finishRunEarly(@Ctx() context: Context, @Arg('id', () => ID, { description: 'The run that has learned enough.' }) id: string): Promise<RunPayload> {
    return askOfRun(context, id, 'finishEarly');
  }
}
