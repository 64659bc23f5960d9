import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { UserError } from '../errors';
import { MetricColumnsScalar, MetricPointsScalar } from '../scalars';

@ObjectType({ description: 'One metric of a run in figures. Values that are not finite show as null.' })
export class MetricSummary {
  @Field(() => String)
  key!: string;

  @Field(() => Float, { nullable: true, description: 'Value of the highest step.' })
  last!: number | null;

  @Field(() => Float)
  lastStep!: number;

  @Field(() => Float, { nullable: true, description: 'Over finite values.' })
  min!: number | null;

  @Field(() => Float, { nullable: true, description: 'The first step with that value.' })
  minStep!: number | null;

  @Field(() => Float, { nullable: true, description: 'Over finite values.' })
  max!: number | null;

  @Field(() => Float, { nullable: true, description: 'The first step with that value.' })
  maxStep!: number | null;

  @Field(() => Int, { description: 'Steps logged.' })
  count!: number;
}

@ObjectType({ description: 'One metric of one run over its steps.' })
export class MetricSeries {
  @Field(() => ID)
  runId!: string;

  @Field(() => String)
  key!: string;

  @Field(() => Int, { description: 'Points before downsampling.' })
  count!: number;

  @Field(() => MetricPointsScalar, { description: 'By step.' })
  points!: unknown;
}

@InputType({ description: 'A batch of points of one run.' })
export class LogMetricsInput {
  @Field(() => ID, { description: 'A run that is RUNNING.' })
  runId!: string;

  @Field(() => String, { description: 'Chosen by the caller, new for every batch: one that is sent again is not stored again. An id with other content than before is refused. Ids are forgotten a day after the run has ended.' })
  batchId!: string;

  @Field(() => String, { nullable: true, description: 'As claimRun gave it; needed for runs that a trainer runs, left out for external ones.' })
  leaseToken?: string | null;

  @Field(() => [MetricColumnsScalar], { description: 'At most 20,000 columns with 100,000 points together. Columns of the same key are joined; of equal steps the later point stays.' })
  columns!: unknown[];
}

@ObjectType({ description: 'What became of a batch.' })
export class LogMetricsPayload {
  @Field(() => Int, { description: 'Points stored by this batch, also when it was sent before.' })
  accepted!: number;

  @Field(() => [UserError], { description: 'Why nothing was stored; empty when all was.' })
  userErrors!: UserError[];
}
