import { isId, type RunRow, type TrainerRow } from '@thaw/db';
import { claimRun } from '@thaw/db/queries/run/claim-run';
import { leaseSeconds } from '@thaw/db/queries/run/lease';
import { releaseRun } from '@thaw/db/queries/run/release-run';
import { renewLease } from '@thaw/db/queries/run/renew-lease';
import { settleRun } from '@thaw/db/queries/run/settle-run';
import { stopTrainer } from '@thaw/db/queries/trainer/stop-trainer';
import { touchTrainer } from '@thaw/db/queries/trainer/touch-trainer';
import { upsertTrainer } from '@thaw/db/queries/trainer/upsert-trainer';
import { encodeNumber } from '@thaw/series';
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../context';
import { userError, type UserError } from '../errors';
import { RunPayload } from '../run/run.input';
import { checkBytes, checkEnvironment, checkTrainer, factsOf } from './check-trainer';
import { checkOutcome } from './outcome';
import { leaseLost, unknownTrainer, unregistered } from './refusals';
import { ClaimRunInput, ClaimRunPayload, HeartbeatInput, HeartbeatPayload, RegisterTrainerInput, ReleaseRunInput, SettleRunInput, type TrainerCommand, TrainerPayload } from './trainer.input';

/** The trainer's side of the queue: register, claim, beat, settle or release. */
@Resolver()
export class LeaseResolver {
  @Mutation(() => TrainerPayload, { description: 'Makes a trainer known, or one of that name known again.' })
  async registerTrainer(@Ctx() { db }: Context, @Arg('input', () => RegisterTrainerInput, { description: 'Its name and machine.' }) input: RegisterTrainerInput): Promise<TrainerPayload> {
    const problems = checkTrainer(input);
    return (problems.length > 0 ? { trainer: null, userErrors: problems } : { trainer: await upsertTrainer(db, factsOf(input)), userErrors: [] }) as TrainerPayload;
  }

  @Mutation(() => TrainerPayload, { description: 'A clean goodbye, after the last run was settled or released: the trainer is STOPPED, not lost.' })
  async stopTrainer(@Ctx() { db }: Context, @Arg('id', () => ID, { description: 'As registerTrainer answered.' }) id: string): Promise<TrainerPayload> {
    const trainer = await stopTrainer(db, id);
    return (trainer ? { trainer, userErrors: [] } : { trainer: null, userErrors: [unknownTrainer('id', id)] }) as TrainerPayload;
  }

  @Mutation(() => ClaimRunPayload, { description: 'Highest priority first, then oldest, of the runs that this trainer may take: it meets their constraints and their backbone is ready. Nothing for a trainer that drains.' })
  async claimRun(@Ctx() { db }: Context, @Arg('input', () => ClaimRunInput, { description: 'Who asks.' }) { trainerId, freeMemoryBytes, requestId }: ClaimRunInput): Promise<ClaimRunPayload> {
    const refuse = (...userErrors: UserError[]): ClaimRunPayload => ({ run: null, leaseToken: null, leaseSeconds, userErrors });
    const problems = [...checkBytes('freeMemoryBytes', freeMemoryBytes), ...checkRequestId(requestId)];
    if (problems.length > 0) return refuse(...problems);
    const answer = await claimRun(db, { trainerId, freeMemoryBytes: freeMemoryBytes ?? null, requestId: requestId?.toLowerCase() ?? null });
    if (!answer.ok) return refuse(unregistered(trainerId));
    return { run: answer.claimed?.run ?? null, leaseToken: answer.claimed?.leaseToken ?? null, leaseSeconds, userErrors: [] };
  }

  @Mutation(() => HeartbeatPayload, { description: 'Every 5 seconds, for each run and without one; at once when trainerCommanded says so.' })
  async heartbeat(@Ctx() { db }: Context, @Arg('input', () => HeartbeatInput, { description: 'Who lives, and what it works on.' }) input: HeartbeatInput): Promise<HeartbeatPayload> {
    const trainer = await touchTrainer(db, input.trainerId);
    if (!trainer) return { command: 'CANCEL', userErrors: [unregistered(input.trainerId)] };
    if (!input.runId) return { command: 'CONTINUE', userErrors: [] };
    const run = await renewLease(db, input.runId, input.leaseToken ?? '', input.phase);
    if (!run) return { command: 'CANCEL', userErrors: [leaseLost(input.runId)] };
    return { command: commandFor(run, trainer), userErrors: [] };
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

  @Mutation(() => RunPayload, { description: 'Hands a claimed run back: it is QUEUED again at once (PAUSED or CANCELLED if that was asked for), and it costs no attempt unless the executor crashed. Sending it again with the same token changes nothing.' })
  async releaseRun(@Ctx() { db }: Context, @Arg('input', () => ReleaseRunInput, { description: 'The claimed run.' }) { runId, leaseToken, crash }: ReleaseRunInput): Promise<RunPayload> {
    const run = await releaseRun(db, runId, leaseToken, crash ? { signal: crash.signal ?? null, exitCode: crash.exitCode ?? null, outOfMemory: crash.outOfMemory ?? false, message: crash.message ?? null } : null);
    return run ? { run, userErrors: [] } : { run: null, userErrors: [leaseLost(runId)] };
  }
}

/** The strongest of what is wished of the run and of its trainer. */
function commandFor(run: RunRow, trainer: TrainerRow): TrainerCommand {
  if (run.cancelRequestedAt) return 'CANCEL';
  if (run.pauseRequestedAt) return 'PAUSE';
  if (trainer.handBack) return 'RELEASE';
  return run.finishRequestedAt ? 'FINISH' : 'CONTINUE';
}

function checkRequestId(requestId: string | null | undefined): UserError[] {
  if (!requestId || isId(requestId)) return [];
  return [userError('requestId', 'INVALID_ID', `requestId is ${JSON.stringify(requestId.slice(0, 80))}. Give a new UUID for each run you want, or leave it out.`)];
}
