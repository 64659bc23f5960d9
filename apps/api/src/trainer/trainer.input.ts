import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../enum';
import { UserError } from '../errors';
import { MetricValueInput } from '../run/metric-value.input';
import { Run, RunEndReason, RunStatus } from '../run/run.type';
import { JSONScalar } from '../scalars';
import { Trainer } from './trainer.type';

export const TrainerCommand = graphqlEnum('TrainerCommand', ['CONTINUE', 'CANCEL', 'PAUSE', 'FINISH', 'RELEASE'], 'What the trainer is told to do with its run.', {
  CONTINUE: 'Work on.',
  CANCEL: 'Stop at the next batch, then settle the run as CANCELLED. Also the answer when the lease is lost: then stop without settling.',
  PAUSE: 'Stop at the next batch, make a checkpoint, then call releaseRun.',
  FINISH: 'End the training now, evaluate and keep the best model, then settle the run as FINISHED, EARLY_STOPPED.',
  RELEASE: 'The trainer drains: stop at the next batch, make a checkpoint, then call releaseRun.',
});
export type TrainerCommand = keyof typeof TrainerCommand;

const leaseToken = 'As claimRun gave it. A stale one is refused with LEASE_LOST: another trainer may have the run.';

@InputType({ description: 'Something a trainer computes on, such as a GPU.' })
export class TrainerDeviceInput {
  @Field(() => String, { description: 'As its maker calls it.' })
  name!: string;

  @Field(() => Float, { nullable: true, description: 'Its own memory in bytes.' })
  memoryBytes?: number | null;
}

@InputType({ description: 'A trainer that introduces itself.' })
export class RegisterTrainerInput {
  @Field(() => String, { description: 'Unique; the same name is the same trainer.' })
  name!: string;

  @Field(() => String, { description: 'tfjs-node-gpu, tfjs-node, wasm or cpu' })
  backend!: string;

  @Field(() => [String], { nullable: true, description: 'What constraints of runs may demand. Its backend, and gpu for tfjs-node-gpu, come by themselves.' })
  labels?: string[] | null;

  @Field(() => Float, { nullable: true, description: 'Memory of its machine in bytes; without it, it gets no run that demands memory.' })
  memoryBytes?: number | null;

  @Field(() => Int, { nullable: true, description: 'Runs it works on at a time; default: 1.' })
  slots?: number | null;

  @Field(() => [TrainerDeviceInput], { nullable: true, description: 'What it computes on besides the processor.' })
  devices?: TrainerDeviceInput[] | null;

  @Field(() => JSONScalar, { nullable: true, description: 'Versions, processor, memory.' })
  environment?: unknown;
}

@ObjectType({ description: 'The trainer as it is known now.' })
export class TrainerPayload {
  @Field(() => Trainer, { nullable: true, description: 'null when there are userErrors.' })
  trainer!: Trainer | null;

  @Field(() => [UserError], { description: 'Why nothing was done; empty when it was.' })
  userErrors!: UserError[];
}

@InputType({ description: 'Who asks for work.' })
export class ClaimRunInput {
  @Field(() => ID, { description: 'As registerTrainer answered.' })
  trainerId!: string;

  @Field(() => Float, { nullable: true, description: 'Bytes of memory that a run may use right now; null: all of its memory.' })
  freeMemoryBytes?: number | null;

  @Field(() => ID, { nullable: true, description: 'A UUID of your own for this request: asking again with it, after a lost answer, answers the same run and never takes a second one. It becomes the lease token.' })
  requestId?: string | null;
}

@ObjectType({ description: 'A run to train, if one waits.' })
export class ClaimRunPayload {
  @Field(() => Run, { nullable: true, description: 'null when nothing waits that this trainer may take, or it drains.' })
  run!: unknown;

  @Field(() => String, { nullable: true, description: 'Every later write about this run must carry it.' })
  leaseToken!: string | null;

  @Field(() => Int, { description: 'A trainer silent for this long loses the run.' })
  leaseSeconds!: number;

  @Field(() => [UserError], { description: 'Why nothing was done; empty when it was.' })
  userErrors!: UserError[];
}

@InputType({ description: 'A sign of life, and of the run it works on.' })
export class HeartbeatInput {
  @Field(() => ID, { description: 'As registerTrainer answered.' })
  trainerId!: string;

  @Field(() => ID, { nullable: true, description: 'The run it works on, if any; its lease is renewed.' })
  runId?: string | null;

  @Field(() => String, { nullable: true, description: leaseToken })
  leaseToken?: string | null;

  @Field(() => String, { nullable: true, description: "'loading', 'features', 'finding the learning rate', 'head', 'fine-tuning', 'evaluating'; for a baseline of the transfer gain 'twin: …' or 'probe: …'" })
  phase?: string | null;
}

@ObjectType({ description: 'What the trainer is to do.' })
export class HeartbeatPayload {
  @Field(() => TrainerCommand, { description: 'For the run it works on.' })
  command!: TrainerCommand;

  @Field(() => [UserError], { description: 'Why nothing was done; empty when it was.' })
  userErrors!: UserError[];
}

@InputType({ description: 'How a claimed run ended.' })
export class SettleRunInput {
  @Field(() => ID, { description: 'As claimRun answered.' })
  runId!: string;

  @Field(() => String, { description: leaseToken })
  leaseToken!: string;

  @Field(() => RunStatus, { description: 'FINISHED, FAILED or CANCELLED' })
  status!: RunStatus;

  @Field(() => RunEndReason, { description: 'Why it ended.' })
  endReason!: RunEndReason;

  @Field(() => String, { nullable: true, description: 'What went wrong, for FAILED.' })
  error?: string | null;

  @Field(() => Int, { nullable: true, description: 'The epoch whose weights were restored, from 1.' })
  bestEpoch?: number | null;

  @Field(() => Int, { nullable: true, description: 'Epochs trained.' })
  epochs?: number | null;

  @Field(() => [MetricValueInput], { nullable: true, description: 'Of the restored best epoch.' })
  finalMetrics?: MetricValueInput[] | null;

  @Field(() => String, { nullable: true, description: 'Where it ran, when that is known better than when it was claimed.' })
  backend?: string | null;

  @Field(() => JSONScalar, { nullable: true, description: 'Versions, hardware and what was found on the way, such as trainPictures; joins the facts that were known when it was claimed.' })
  environment?: unknown;
}

@InputType({ description: 'How the process that executed a run died.' })
export class CrashInput {
  @Field(() => String, { nullable: true, description: 'That ended it, such as SIGKILL.' })
  signal?: string | null;

  @Field(() => Int, { nullable: true, description: 'If it ended by itself.' })
  exitCode?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the machine or the backend had no memory left.' })
  outOfMemory?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Its last words.' })
  message?: string | null;
}

@InputType({ description: 'A claimed run that is handed back.' })
export class ReleaseRunInput {
  @Field(() => ID, { description: 'As claimRun answered.' })
  runId!: string;

  @Field(() => String, { description: leaseToken })
  leaseToken!: string;

  @Field(() => CrashInput, { nullable: true, description: 'The process that executed it died: it costs an attempt, and several in a row without progress end the run. null: it is handed back unharmed.' })
  crash?: CrashInput | null;
}
