import type { RunRow, TrainerRow } from '@thaw/db';
import { claimRun } from '@thaw/db/queries/run/claim-run';
import { expireLeases } from '@thaw/db/queries/run/expire-leases';
import { leaseSeconds } from '@thaw/db/queries/run/lease';
import { releaseRun } from '@thaw/db/queries/run/release-run';
import { renewLease } from '@thaw/db/queries/run/renew-lease';
import { settleRun } from '@thaw/db/queries/run/settle-run';
import { findCurrentRunsOfTrainers } from '@thaw/db/queries/trainer/find-current-runs';
import { listTrainers } from '@thaw/db/queries/trainer/list-trainers';
import { touchTrainer } from '@thaw/db/queries/trainer/touch-trainer';
import { upsertTrainer } from '@thaw/db/queries/trainer/upsert-trainer';
import { encodeNumber } from '@thaw/series';
import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../context';
import { userError, type UserError } from '../errors';
import { checkName } from '../names';
import { RunPayload } from '../run/run.input';
import { Run } from '../run/run.type';
import { checkOutcome } from './outcome';
import { ClaimRunInput, ClaimRunPayload, HeartbeatInput, HeartbeatPayload, RegisterTrainerInput, RegisterTrainerPayload, ReleaseRunInput, SettleRunInput } from './trainer.input';
import { Trainer } from './trainer.type';

/** Three heartbeats. */
const aliveFor = 15_000;

const unknownTrainer = (id: string) => userError('trainerId', 'TRAINER_UNKNOWN', `There is no trainer ${id}. Call registerTrainer first.`);
const leaseLost = (runId: string) =>
  userError('leaseToken', 'LEASE_LOST', `The lease on run ${runId} is no longer yours: it expired, or the run ended. Stop working on it and claim another.`);

@Resolver(() => Trainer)
class TrainerResolver {
  @Query(() => [Trainer], { description: 'Last heard of first.' })
  trainers(@Ctx() { db }: Context): Promise<TrainerRow[]> {
    return listTrainers(db);
  }

  @FieldResolver(() => Boolean, { description: 'Heard of in the last 15 seconds.' })
  alive(@Root() trainer: TrainerRow): boolean {
    return Date.now() - trainer.lastSeenAt.getTime() < aliveFor;
  }

  @FieldResolver(() => [Run], { description: 'What it works on.' })
  async currentRuns(@Root() trainer: TrainerRow, @Ctx() context: Context): Promise<RunRow[]> {
    return (await context.load(findCurrentRunsOfTrainers, trainer.id)) ?? [];
  }

  @Mutation(() => RegisterTrainerPayload, { description: 'Makes a trainer known, or one of that name known again.' })
  async registerTrainer(@Ctx() { db }: Context, @Arg('input', () => RegisterTrainerInput, { description: 'Its name and machine.' }) input: RegisterTrainerInput): Promise<RegisterTrainerPayload> {
    const problems = [...checkName('name', input.name), ...checkName('backend', input.backend), ...checkEnvironment(input.environment)];
    if (problems.length > 0) return { trainer: null, userErrors: problems };
    const trainer = await upsertTrainer(db, { name: input.name, backend: input.backend, environment: (input.environment ?? null) as TrainerRow['environment'] });
    return { trainer, userErrors: [] };
  }

  @Mutation(() => ClaimRunPayload, { description: 'Highest priority first, then oldest; only runs whose backbone is ready.' })
  async claimRun(@Ctx() { db }: Context, @Arg('input', () => ClaimRunInput, { description: 'Who asks.' }) { trainerId }: ClaimRunInput): Promise<ClaimRunPayload> {
    if (!(await touchTrainer(db, trainerId))) return { run: null, leaseToken: null, leaseSeconds, userErrors: [unknownTrainer(trainerId)] };
    await expireLeases(db);
    const claimed = await claimRun(db, trainerId);
    return { run: claimed?.run ?? null, leaseToken: claimed?.leaseToken ?? null, leaseSeconds, userErrors: [] };
  }

  @Mutation(() => HeartbeatPayload, { description: 'Every 5 seconds, with or without a run.' })
  async heartbeat(@Ctx() { db }: Context, @Arg('input', () => HeartbeatInput, { description: 'Who lives, and what it works on.' }) input: HeartbeatInput): Promise<HeartbeatPayload> {
    if (!(await touchTrainer(db, input.trainerId))) return { command: 'CANCEL', userErrors: [unknownTrainer(input.trainerId)] };
    if (!input.runId) return { command: 'CONTINUE', userErrors: [] };
    const run = await renewLease(db, input.runId, input.leaseToken ?? '', input.phase);
    if (!run) return { command: 'CANCEL', userErrors: [leaseLost(input.runId)] };
    return { command: run.cancelRequestedAt ? 'CANCEL' : 'CONTINUE', userErrors: [] };
  }

  @Mutation(() => RunPayload, { description: 'Ends a claimed run. Sending it again with the same token changes nothing.' })
  async settleRun(@Ctx() { db }: Context, @Arg('input', () => SettleRunInput, { description: 'The claimed run and how it ended.' }) input: SettleRunInput): Promise<RunPayload> {
    const problems = [...checkOutcome(input), ...checkEnvironment(input.environment)];
    if (problems.length > 0) return { run: null, userErrors: problems };
    const run = await settleRun(db, input.runId, input.leaseToken, {
      status: input.status,
      endReason: input.endReason,
      error: input.error ?? null,
      bestEpoch: input.bestEpoch ?? null,
      epochs: input.epochs ?? null,
      finalMetrics: (input.finalMetrics ?? []).map(({ key, value }) => ({ key, value: encodeNumber(value ?? Number.NaN) })),
      backend: input.backend ?? undefined,
      environment: (input.environment ?? undefined) as RunRow['environment'] | undefined,
    });
    return run ? { run, userErrors: [] } : { run: null, userErrors: [leaseLost(input.runId)] };
  }

  @Mutation(() => RunPayload, { description: 'Hand a claimed run back: it is QUEUED again at once, and a trainer that stops this way costs it no attempt.' })
  async releaseRun(@Ctx() { db }: Context, @Arg('input', () => ReleaseRunInput, { description: 'The claimed run.' }) { runId, leaseToken }: ReleaseRunInput): Promise<RunPayload> {
    const run = await releaseRun(db, runId, leaseToken);
    return run ? { run, userErrors: [] } : { run: null, userErrors: [leaseLost(runId)] };
  }
}

function checkEnvironment(environment: unknown): UserError[] {
  if (environment === undefined || environment === null || (typeof environment === 'object' && !Array.isArray(environment))) return [];
  return [userError('environment', 'INVALID_ENVIRONMENT', 'environment must be a JSON object of facts, such as { "node": "20.20.0" }.')];
}

export const trainerResolvers = [TrainerResolver] as const;
