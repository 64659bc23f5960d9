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

@ObjectType({ description: 'Points that are new since the last event of this subscription.' })
export class MetricsAppended {
  @Field(() => ID)
  runId!: string;

  @Field(() => [MetricSeries])
  series!: MetricSeries[];
}

@InputType()
export class LogMetricsInput {
  @Field(() => ID)
  runId!: string;

  @Field(() => String, { description: 'Chosen by the caller, new for every batch: one that is sent again is not stored again.' })
  batchId!: string;

  @Field(() => String, { nullable: true, description: 'As claimRun gave it; needed for runs that a trainer runs.' })
  leaseToken?: string | null;

  @Field(() => [MetricColumnsScalar])
  columns!: unknown[];
}

@ObjectType()
export class LogMetricsPayload {
  @Field(() => Int, { description: 'Points stored by this batch, also when it was sent before.' })
  accepted!: number;

  @Field(() => [UserError])
  userErrors!: UserError[];
}
