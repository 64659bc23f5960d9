import type { CheckpointRow, RunRow } from '@thaw/db';
import { findCheckpointsOfRuns } from '@thaw/db/queries/checkpoint/find-checkpoints-of-runs';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { type Context, loadExisting } from '../context';
import { Run } from '../run/run.type';
import { CheckpointPayload, LogCheckpointInput } from './checkpoint.input';
import { Checkpoint } from './checkpoint.type';
import { logCheckpoint } from './log-checkpoint';

@Resolver(() => Run)
class CheckpointResolver {
  @FieldResolver(() => [Checkpoint], { description: 'The newest first; those that made room for newer ones are gone. They stay when the run has ended.' })
  checkpoints(@Root() run: RunRow, @Ctx() context: Context): Promise<CheckpointRow[]> {
    return loadExisting(context, findCheckpointsOfRuns, run.id);
  }

  @Mutation(() => CheckpointPayload, { description: 'Records what the next trainer goes on from, and lets go of older checkpoints in the same step: there is never none. Sending it again changes nothing.' })
  logCheckpoint(@Ctx() context: Context, @Arg('input', () => LogCheckpointInput, { description: 'Where training is, and its files.' }) input: LogCheckpointInput): Promise<CheckpointPayload> {
    return logCheckpoint(context, input);
  }
}

export const checkpointResolvers = [CheckpointResolver] as const;
