import { runOrderFields } from '@thaw/db/queries/run/run-order';
import { Field, Float, ID, InputType } from 'type-graphql';
import { graphqlEnum } from '../enum';
import { DateTime, JSONScalar } from '../scalars';
import { RunEndReason, RunKind, RunStatus } from './run.type';

export const MetricStat = graphqlEnum('MetricStat', ['LAST', 'MIN', 'MAX'], 'Which figure of a metric is meant.', {
  LAST: 'Of the highest step.',
  MIN: 'The lowest finite value.',
  MAX: 'The highest finite value.',
});
export type MetricStat = keyof typeof MetricStat;

export const RunOrderField = graphqlEnum('RunOrderField', runOrderFields, 'What runs are ordered by. Runs without the value come last in either direction; equals are ordered by id.', {
  CREATED_AT: 'When the run was created.',
  STARTED_AT: 'When it first began.',
  ENDED_AT: 'When it ended.',
  DURATION: 'How long it was worked on; runs that run come last.',
  NAME: 'Its name.',
  STATUS: 'QUEUED, RUNNING, PAUSED, FINISHED, FAILED, CANCELLED, in this order.',
  KIND: 'MANAGED before EXTERNAL.',
  END_REASON: 'Why it ended.',
  PRIORITY: 'Its priority in the queue.',
  DATASET: 'The name of its dataset.',
  BACKBONE: 'The name of its backbone.',
  TRAINER: 'The name of its trainer.',
  METRIC: 'A figure of the metric `key`; NaN counts as missing.',
  CONFIG: 'The config value `key`: numbers before text.',
});
export type RunOrderField = keyof typeof RunOrderField;

export const SortDirection = graphqlEnum('SortDirection', ['ASC', 'DESC'], 'Runs without the value come last in either direction.', {
  ASC: 'Lowest, first or oldest first.',
  DESC: 'Highest, last or newest first.',
});
export type SortDirection = keyof typeof SortDirection;

const equal = 'Exactly this.';
const unequal = 'Anything but this, no value included.';
const existing = 'true: there is a value; false: there is none.';

@InputType({ description: 'Tests of a text; all that are given must hold.' })
export class StringFilter {
  @Field(() => String, { nullable: true, description: equal })
  eq?: string | null;

  @Field(() => String, { nullable: true, description: unequal })
  ne?: string | null;

  @Field(() => [String], { nullable: true, description: 'One of these.' })
  in?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Upper and lower case are the same.' })
  contains?: string | null;

  @Field(() => Boolean, { nullable: true, description: existing })
  exists?: boolean | null;
}

@InputType({ description: 'Limits of a number; all that are given must hold.' })
class Bounds {
  @Field(() => Float, { nullable: true, description: 'Above.' })
  gt?: number | null;

  @Field(() => Float, { nullable: true, description: 'At or above.' })
  gte?: number | null;

  @Field(() => Float, { nullable: true, description: 'Below.' })
  lt?: number | null;

  @Field(() => Float, { nullable: true, description: 'At or below.' })
  lte?: number | null;
}

@InputType({ description: 'Tests of a number; all that are given must hold.' })
export class FloatFilter extends Bounds {
  @Field(() => Float, { nullable: true, description: equal })
  eq?: number | null;

  @Field(() => Float, { nullable: true, description: unequal })
  ne?: number | null;

  @Field(() => Boolean, { nullable: true, description: existing })
  exists?: boolean | null;
}

@InputType({ description: 'Tests of one figure of one metric; all that are given must hold. NaN is neither above nor below anything.' })
export class MetricFilter extends FloatFilter {
  @Field(() => String, { description: 'The metric, such as "val/accuracy".' })
  key!: string;

  @Field(() => MetricStat, { nullable: true, defaultValue: 'LAST', description: 'Which figure of it.' })
  stat?: MetricStat | null;
}

@InputType({ description: "Tests of one value of a run's config; all that are given must hold." })
export class ConfigFilter extends Bounds {
  @Field(() => String, { description: 'A dotted path, such as "learningRate" or "optimizer.name".' })
  key!: string;

  @Field(() => JSONScalar, { nullable: true, description: 'Exactly this text, number, truth value or list; null: no value.' })
  eq?: unknown;

  @Field(() => JSONScalar, { nullable: true, description: 'Anything but this, no value included.' })
  ne?: unknown;

  @Field(() => [JSONScalar], { nullable: true, description: 'One of these.' })
  in?: unknown[] | null;

  @Field(() => String, { nullable: true, description: 'A text or list that contains this; upper and lower case are the same.' })
  contains?: string | null;

  @Field(() => Boolean, { nullable: true, description: existing })
  exists?: boolean | null;
}

@InputType({ description: 'A span of time; all that is given must hold.' })
export class DateFilter {
  @Field(() => DateTime, { nullable: true, description: 'At or after.' })
  after?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Before.' })
  before?: Date | null;

  @Field(() => Boolean, { nullable: true, description: existing })
  exists?: boolean | null;
}

@InputType({ description: 'All that is given must hold.' })
export class RunFilter {
  @Field(() => [RunFilter], { nullable: true, description: 'All of these hold.' })
  and?: RunFilter[] | null;

  @Field(() => [RunFilter], { nullable: true, description: 'At least one of these holds.' })
  or?: RunFilter[] | null;

  @Field(() => RunFilter, { nullable: true, description: 'This does not hold; a run without the value in question is let through.' })
  not?: RunFilter | null;

  @Field(() => [ID], { nullable: true, description: 'One of these runs.' })
  ids?: string[] | null;

  @Field(() => [RunStatus], { nullable: true, description: 'One of these.' })
  status?: RunStatus[] | null;

  @Field(() => [RunKind], { nullable: true, description: 'One of these.' })
  kind?: RunKind[] | null;

  @Field(() => [RunEndReason], { nullable: true, description: 'One of these.' })
  endReason?: RunEndReason[] | null;

  @Field(() => StringFilter, { nullable: true, description: 'Its name.' })
  name?: StringFilter | null;

  @Field(() => StringFilter, { nullable: true, description: 'Its notes.' })
  notes?: StringFilter | null;

  @Field(() => String, { nullable: true, description: 'It has this tag.' })
  tag?: string | null;

  @Field(() => ConfigFilter, { nullable: true, description: 'A value of its config.' })
  config?: ConfigFilter | null;

  @Field(() => MetricFilter, { nullable: true, description: 'A metric of it.' })
  metric?: MetricFilter | null;

  @Field(() => DateFilter, { nullable: true, description: 'When it was created.' })
  createdAt?: DateFilter | null;

  @Field(() => DateFilter, { nullable: true, description: 'When it last began.' })
  startedAt?: DateFilter | null;

  @Field(() => DateFilter, { nullable: true, description: 'When it ended.' })
  endedAt?: DateFilter | null;

  @Field(() => FloatFilter, { nullable: true, description: 'Seconds from start to end, or to now while it runs.' })
  duration?: FloatFilter | null;

  @Field(() => ID, { nullable: true, description: 'Clones of this run.' })
  parentRun?: string | null;

  @Field(() => String, { nullable: true, description: 'By name; "" for runs that have none.' })
  dataset?: string | null;

  @Field(() => String, { nullable: true, description: 'By name; "" for runs that have none.' })
  backbone?: string | null;

  @Field(() => String, { nullable: true, description: 'By name; "" for runs that have none.' })
  trainer?: string | null;

  @Field(() => String, { nullable: true, description: 'The commit, or how it begins.' })
  gitCommit?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'true: deleted runs; left out anywhere in the filter: only runs that are not deleted.' })
  deleted?: boolean | null;
}

@InputType({ description: 'What a list of runs is ordered by.' })
export class RunOrder {
  @Field(() => RunOrderField, { description: 'The kind of value.' })
  field!: RunOrderField;

  @Field(() => String, { nullable: true, description: 'The metric for METRIC, the dotted path for CONFIG.' })
  key?: string | null;

  @Field(() => MetricStat, { nullable: true, defaultValue: 'LAST', description: 'Which figure of the metric.' })
  stat?: MetricStat | null;

  @Field(() => SortDirection, { nullable: true, defaultValue: 'DESC', description: 'Highest or lowest first.' })
  direction?: SortDirection | null;
}
