import { isId, type RunClaimRow, type RunRow, type TrainerRow } from '@thaw/db';
import { drainTrainer } from '@thaw/db/queries/trainer/drain-trainer';
import { findCurrentRunsOfTrainers } from '@thaw/db/queries/trainer/find-current-runs';
import { findTrainerStates, type TrainerState as State } from '@thaw/db/queries/trainer/find-trainer-states';
import { countClaimsOfTrainer, listClaimsOfTrainer } from '@thaw/db/queries/trainer/list-claims';
import { findTrainers } from '@thaw/db/queries/trainer/find-trainers';
import { listTrainers } from '@thaw/db/queries/trainer/list-trainers';
import { resumeTrainer } from '@thaw/db/queries/trainer/resume-trainer';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { checkFirst, decodeCursor, encodeCursor, type Page, toPage } from '../connection';
import { type Context, loadExisting } from '../context';
import { badInput } from '../errors';
import { follow } from '../notify/follow';
import { RunClaimConnection } from '../run/run-claim.type';
import { Run } from '../run/run.type';
import { LeaseResolver } from './lease.resolver';
import { unknownTrainer } from './refusals';
import { TrainerPayload } from './trainer.input';
import { Trainer, TrainerState } from './trainer.type';

@Resolver(() => Trainer)
class TrainerResolver {
  @Query(() => [Trainer], { description: 'Last heard of first.' })
  trainers(@Ctx() { db }: Context): Promise<TrainerRow[]> {
    return listTrainers(db);
  }

  @Query(() => Trainer, { nullable: true, description: 'null when there is none with this id.' })
  async trainer(@Arg('id', () => ID, { description: 'As trainers or registerTrainer answered.' }) id: string, @Ctx() context: Context): Promise<TrainerRow | null> {
    return (await context.load(findTrainers, id)) ?? null;
  }

  @FieldResolver(() => TrainerState, { description: 'By the time of the database, whatever the clock of its machine shows.' })
  state(@Root() trainer: TrainerRow, @Ctx() context: Context): Promise<State> {
    return loadExisting(context, findTrainerStates, trainer.id);
  }

  @FieldResolver(() => Boolean, { description: 'Heard of in the last 15 seconds: its state is ALIVE or DRAINING.' })
  async alive(@Root() trainer: TrainerRow, @Ctx() context: Context): Promise<boolean> {
    const state = await loadExisting(context, findTrainerStates, trainer.id);
    return state === 'ALIVE' || state === 'DRAINING';
  }

  @FieldResolver(() => Boolean, { description: 'It takes no more runs until it is resumed, also if it starts again.' })
  draining(@Root() trainer: TrainerRow): boolean {
    return trainer.drainingAt !== null;
  }

  @FieldResolver(() => [Run], { description: 'What it works on.' })
  async currentRuns(@Root() trainer: TrainerRow, @Ctx() context: Context): Promise<RunRow[]> {
    return (await context.load(findCurrentRunsOfTrainers, trainer.id)) ?? [];
  }

  @FieldResolver(() => RunClaimConnection, { description: 'What it works on and has worked on, the newest first.' })
  async claims(
    @Root() trainer: TrainerRow,
    @Ctx() { db }: Context,
    @Arg('first', () => Int, { defaultValue: 20, description: 'At most this many, 1 to 1000.' }) first = 20,
    @Arg('after', () => String, { nullable: true, description: 'pageInfo.endCursor of the page before.' }) after?: string | null,
  ): Promise<Page<RunClaimRow>> {
    const rows = await listClaimsOfTrainer(db, trainer.id, checkFirst(first) + 1, after ? readCursor(after) : undefined);
    return toPage(rows, first, ({ startedAt, runId }) => encodeCursor([startedAt.toISOString(), runId]), () => countClaimsOfTrainer(db, trainer.id));
  }

  @Mutation(() => TrainerPayload, { description: 'Lets a trainer finish what it has and gives it nothing more, until it is resumed.' })
  async drainTrainer(
    @Ctx() { db }: Context,
    @Arg('id', () => ID, { description: 'The trainer.' }) id: string,
    @Arg('handBack', () => Boolean, { nullable: true, defaultValue: false, description: 'The runs it has go back into the queue at once, after a checkpoint.' }) handBack: boolean | null,
  ): Promise<TrainerPayload> {
    return answer(id, await drainTrainer(db, id, handBack ?? false));
  }

  @Mutation(() => TrainerPayload, { description: 'Gives a trainer that drains runs again.' })
  async resumeTrainer(@Ctx() { db }: Context, @Arg('id', () => ID, { description: 'The trainer.' }) id: string): Promise<TrainerPayload> {
    return answer(id, await resumeTrainer(db, id));
  }

  @Subscription(() => ID, {
    description: 'Tells a trainer that a run of its has a new command: it beats at once and reads the command from the answer. A hint only, as runQueued is.',
    subscribe: ({ args, context }) => follow((context as Context).notifier.subscribe('trainerCommanded'), async (id) => (id === null || id === (args as { trainerId: string }).trainerId.toLowerCase() ? [(args as { trainerId: string }).trainerId] : [])),
  })
  trainerCommanded(@Root() trainerId: string, @Arg('trainerId', () => ID, { description: 'As registerTrainer answered.' }) _trainerId: string): string {
    return trainerId;
  }
}

const answer = (id: string, trainer: TrainerRow | null): TrainerPayload => (trainer ? { trainer, userErrors: [] } : { trainer: null, userErrors: [unknownTrainer('id', id)] }) as TrainerPayload;

function readCursor(after: string): { startedAt: Date; runId: string } {
  const [moment, runId] = decodeCursor(after);
  const startedAt = new Date(String(moment));
  if (Number.isNaN(startedAt.getTime()) || typeof runId !== 'string' || !isId(runId)) throw badInput('after is no cursor of this list. Pass pageInfo.endCursor of its previous page.');
  return { startedAt, runId };
}

export const trainerResolvers = [TrainerResolver, LeaseResolver] as const;
