import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../enum';
import { UserError } from '../errors';
import { MetricValueInput } from '../run/metric-value.input';
import { Run, RunEndReason, RunStatus } from '../run/run.type';
import { JSONScalar } from '../scalars';
import { Trainer } from './trainer.type';

export const TrainerCommand = graphqlEnum('TrainerCommand', ['CONTINUE', 'CANCEL'], 'What the trainer is told to do with its run at the next heartbeat.', {
  CANCEL: 'Stop at the next batch, then settle the run as CANCELLED. Also the answer when the lease is lost: then stop without settling.',
});
export type TrainerCommand = keyof typeof TrainerCommand;

const leaseToken = 'As claimRun gave it. A stale one is refused with LEASE_LOST: another trainer may have the run.';

@InputType()
export class RegisterTrainerInput {
  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'tfjs-node-gpu, tfjs-node, wasm or cpu' })
  backend!: string;

  @Field(() => JSONScalar, { nullable: true })
  environment?: unknown;
}

@ObjectType()
export class RegisterTrainerPayload {
  @Field(() => Trainer, { nullable: true })
  trainer!: Trainer | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@InputType()
export class ClaimRunInput {
  @Field(() => ID)
  trainerId!: string;
}

@ObjectType()
export class ClaimRunPayload {
  @Field(() => Run, { nullable: true, description: 'null when nothing waits whose backbone is ready.' })
  run!: unknown;

  @Field(() => String, { nullable: true, description: 'Every later write about this run must carry it.' })
  leaseToken!: string | null;

  @Field(() => Int, { description: 'A trainer silent for this long loses the run.' })
  leaseSeconds!: number;

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@InputType()
export class HeartbeatInput {
  @Field(() => ID)
  trainerId!: string;

  @Field(() => ID, { nullable: true, description: 'The run it works on, if any; its lease is renewed.' })
  runId?: string | null;

  @Field(() => String, { nullable: true, description: leaseToken })
  leaseToken?: string | null;

  @Field(() => String, { nullable: true, description: "'loading', 'features', 'head', 'fine-tuning', 'evaluating'" })
  phase?: string | null;
}

@ObjectType()
export class HeartbeatPayload {
  @Field(() => TrainerCommand)
  command!: TrainerCommand;

  @Field(() => [UserError])
  userErrors!: UserError[];
}

@InputType()
export class SettleRunInput {
  @Field(() => ID)
  runId!: string;

  @Field(() => String, { description: leaseToken })
  leaseToken!: string;

  @Field(() => RunStatus, { description: 'FINISHED, FAILED or CANCELLED' })
  status!: RunStatus;

  @Field(() => RunEndReason)
  endReason!: RunEndReason;

  @Field(() => String, { nullable: true, description: 'What went wrong, for FAILED.' })
  error?: string | null;

  @Field(() => Int, { nullable: true })
  bestEpoch?: number | null;

  @Field(() => Int, { nullable: true, description: 'Epochs trained.' })
  epochs?: number | null;

  @Field(() => [MetricValueInput], { nullable: true, description: 'Of the restored best epoch.' })
  finalMetrics?: MetricValueInput[] | null;

  @Field(() => String, { nullable: true })
  backend?: string | null;

  @Field(() => JSONScalar, { nullable: true })
  environment?: unknown;
}

@InputType()
export class ReleaseRunInput {
  @Field(() => ID)
  runId!: string;

  @Field(() => String, { description: leaseToken })
  leaseToken!: string;
}
