import { runEndReason, runKind, runStatus } from '@thaw/db';
import { mostLostInARow } from '@thaw/run-states';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { connectionType } from '../connection';
import { graphqlEnum } from '../enum';
import { DateTime, JSONScalar } from '../scalars';

export const RunStatus = graphqlEnum('RunStatus', runStatus.enumValues, 'QUEUED, RUNNING and PAUSED runs go on; the others have ended.', {
  QUEUED: 'Waits for a trainer.',
  RUNNING: 'A trainer works on it, or a script logs to it.',
  PAUSED: 'Set aside; resumeRun queues it again.',
  FINISHED: 'Trained to its end, early stopping included.',
  CANCELLED: 'Ended because somebody asked for it.',
  FAILED: 'See error.',
});
export type RunStatus = keyof typeof RunStatus;

export const RunEndReason = graphqlEnum('RunEndReason', runEndReason.enumValues, 'Why a run ended.', {
  COMPLETED: 'Every epoch was trained.',
  CANCELLED: 'Somebody asked for it.',
  ERROR: 'Its own code failed; see error.',
  OUT_OF_MEMORY: 'The machine had too little memory for it.',
  EARLY_STOPPED: 'The monitored metric no longer improved, or somebody asked to finish early.',
  TRAINER_LOST: 'Its trainers fell silent or crashed several times without any progress.',
});
export type RunEndReason = keyof typeof RunEndReason;

export const RunKind = graphqlEnum('RunKind', runKind.enumValues, 'Who does the work of a run.', {
  MANAGED: 'Queued with launchRun or cloneRun, and run by a trainer.',
  EXTERNAL: 'Logged by a script, from createRun to finishRun.',
});
export type RunKind = keyof typeof RunKind;

@ObjectType({ description: 'One metric as it stood when the run ended.' })
export class MetricValue {
  @Field(() => String, { description: 'As it was logged.' })
  key!: string;

  @Field(() => Float, { nullable: true, description: 'null when it is not finite.' })
  value!: number | null;
}

@ObjectType({ description: 'One training of one backbone on one dataset version with one config; or whatever a script calls a run.' })
export class Run {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { description: 'For people; need not be unique.' })
  name!: string;

  @Field(() => RunKind, { description: 'Who trains it.' })
  kind!: RunKind;

  @Field(() => RunStatus, { description: 'How far it is.' })
  status!: RunStatus;

  @Field(() => RunEndReason, { nullable: true, description: 'null until it has ended.' })
  endReason!: RunEndReason | null;

  @Field(() => JSONScalar, { description: 'Every hyperparameter, defaults filled in; of an external run what its script gave.' })
  config!: unknown;

  @Field(() => [String], { description: 'For people and searches.' })
  tags!: string[];

  @Field(() => String, { nullable: true, description: 'For people; Markdown.' })
  notes!: string | null;

  @Field(() => Int, { description: 'Higher is claimed first.' })
  priority!: number;

  @Field(() => Int, { description: 'From 1; the next one begins when a trainer falls silent or its executor crashes.' })
  attempt!: number;

  @Field(() => Int, { description: `Trainers lost since the run last made progress, which is a new checkpoint. ${mostLostInARow} end it as FAILED: it may be what ends them.` })
  lostInARow!: number;

  @Field(() => String, { nullable: true, description: 'What went wrong, for FAILED runs.' })
  error!: string | null;

  @Field(() => String, { nullable: true, description: 'tfjs-node-gpu, tfjs-node, wasm or cpu' })
  backend!: string | null;

  @Field(() => JSONScalar, { nullable: true, description: 'Versions and hardware, as the trainer reported them.' })
  environment!: unknown;

  @Field(() => String, { nullable: true, description: 'Of the code that launched or logged it.' })
  gitCommit!: string | null;

  @Field(() => DateTime, { description: 'When it was launched or created.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Set for deleted runs, which no list shows.' })
  deletedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When a trainer first began it, or its script did.' })
  startedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'null until it has ended.' })
  endedAt!: Date | null;

  @Field(() => Int, { nullable: true, description: 'The epoch whose weights were restored, from 1.' })
  bestEpoch!: number | null;

  @Field(() => Int, { nullable: true, description: 'Epochs trained.' })
  epochs!: number | null;

  @Field(() => String, { nullable: true, description: "What the trainer is doing: 'loading', 'features', 'finding the learning rate', 'head', 'fine-tuning', 'evaluating'; for a baseline of the transfer gain 'twin: …' or 'probe: …'." })
  phase!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'When cancelRun was called: the trainer stops between two batches; the script of an external run may look at this and stop.' })
  cancelRequestedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When pauseRun was called for a run that a trainer works on; null again once it is PAUSED.' })
  pauseRequestedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When finishRunEarly was called: whoever trains it next ends it early, too.' })
  finishRequestedAt!: Date | null;
}

@ObjectType({ description: 'How many runs have a status.' })
export class StatusCount {
  @Field(() => RunStatus, { description: 'The status.' })
  status!: RunStatus;

  @Field(() => Int, { description: 'Runs that have it.' })
  count!: number;
}

@ObjectType({ description: 'A page of runs.' })
export class RunConnection extends connectionType(Run, 'Run') {
  @Field(() => [StatusCount], { name: 'statusCounts', description: 'All that match, over every page, by status; statuses without runs are left out. Counted only when asked for.' })
  statuses(): Promise<StatusCount[]> {
    return this.countStatuses();
  }

  countStatuses!: () => Promise<StatusCount[]>;
}
