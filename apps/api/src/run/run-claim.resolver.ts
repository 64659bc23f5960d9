import type { RunClaimRow, RunRow, TrainerRow } from '@thaw/db';
import { findRuns } from '@thaw/db/queries/run/find-runs';
import { findTrainers } from '@thaw/db/queries/trainer/find-trainers';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { type Context, loadExisting } from '../context';
import { Trainer } from '../trainer/trainer.type';
import { RunClaim } from './run-claim.type';
import { Run } from './run.type';

@Resolver(() => RunClaim)
export class RunClaimResolver {
  @FieldResolver(() => Trainer, { description: 'Who had it.' })
  trainer(@Root() claim: RunClaimRow, @Ctx() context: Context): Promise<TrainerRow> {
    return loadExisting(context, findTrainers, claim.trainerId);
  }

  @FieldResolver(() => Run, { description: 'What it had.' })
  run(@Root() claim: RunClaimRow, @Ctx() context: Context): Promise<RunRow> {
    return loadExisting(context, findRuns, claim.runId);
  }
}
