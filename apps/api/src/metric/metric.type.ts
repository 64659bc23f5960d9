import type { Series } from '@thaw/series';
import { Field, Float, ID, InputType, Int, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../enum';
import { UserError } from '../errors';
import { MetricColumnsScalar } from '../scalars';

@ObjectType({ description: 'One metric of a run in figures. Values that are not finite show as null.' })
export class MetricSummary {
  @Field(() => String, { description: 'The name it was logged under.' })
  key!: string;

  @Field(() => Float, { nullable: true, description: 'Value of the highest step.' })
  last!: number | null;

  @Field(() => Float, { description: 'The highest step.' })
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
  @Field(() => ID, { description: 'The run it belongs to.' })
  runId!: string;

  @Field(() => String, { description: 'The name it was logged under.' })
  key!: string;

  @Field(() => Int, { description: 'Points in the range, before downsampling.' })
  count!: number;

  @Field(() => Boolean, { description: 'Whether points holds every one of them; false when downsampled.' })
  complete!: boolean;

  @Field(() => Boolean, { nullable: true, description: 'Whether every point from the first one on has its part in the smoothed values; false for a series beyond 262,144 points, or 4,000,000 in all, whose average is of its roll-up. Null without smoothing.' })
  smoothedExactly?: boolean;

  /** Plain columns; the resolver encodes them. */
  points!: Series & { x?: Float64Array; smoothed?: Float64Array };
}

export const XAxis = graphqlEnum('XAxis', ['STEP', 'WALL_TIME', 'RELATIVE_TIME', 'METRIC'], 'What a curve is drawn over.', {
  STEP: 'The step it was logged at.',
  WALL_TIME: 'Seconds since 1970-01-01 UTC.',
  RELATIVE_TIME: 'Seconds since the run started; since its first point, if it never did.',
  METRIC: 'Where another metric of the same run, xKey, stood at that step, or last before it.',
});
export type XAxis = keyof typeof XAxis;

export const PointEncoding = graphqlEnum('PointEncoding', ['NUMBERS', 'BASE64'], 'How columns are written.', {
  NUMBERS: 'As arrays of numbers, with "NaN", "Infinity" and "-Infinity" as strings.',
  BASE64: 'As base64 strings of little-endian float64: faster to write and to read.',
});
export type PointEncoding = keyof typeof PointEncoding;

export const PointColumn = graphqlEnum('PointColumn', ['STEPS', 'TIMES', 'VALUES', 'X', 'SMOOTHED'], 'A column of points.', {
  STEPS: 'The steps.',
  TIMES: 'When each was logged, in seconds since 1970-01-01 UTC.',
  VALUES: 'The values.',
  X: 'The positions on the x axis, unless that is the step.',
  SMOOTHED: 'The values smoothed, when smoothing is above 0.',
});
export type PointColumn = keyof typeof PointColumn;

@InputType({ description: 'A part of the x axis, both ends included.' })
export class RangeInput {
  @Field(() => Float, { nullable: true, description: 'In units of the x axis; default: from its beginning.' })
  from?: number | null;

  @Field(() => Float, { nullable: true, description: 'In units of the x axis; default: to its end.' })
  to?: number | null;
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
