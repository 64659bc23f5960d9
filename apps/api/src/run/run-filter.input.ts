import { Field, Float, ID, InputType } from 'type-graphql';
import { graphqlEnum } from '../enum';
import { DateTime, JSONScalar } from '../scalars';
import { RunStatus } from './run.type';

export const MetricStat = graphqlEnum('MetricStat', ['LAST', 'MIN', 'MAX'], 'Which figure of a metric is meant.');
export type MetricStat = keyof typeof MetricStat;
export const RunOrderField = graphqlEnum('RunOrderField', ['CREATED_AT', 'NAME', 'STATUS', 'METRIC'], 'What runs are ordered by.', {
  METRIC: 'Needs key.',
});
export type RunOrderField = keyof typeof RunOrderField;
export const SortDirection = graphqlEnum('SortDirection', ['ASC', 'DESC'], 'Runs without the value come last in either direction.');
export type SortDirection = keyof typeof SortDirection;

@InputType()
export class StringFilter {
  @Field(() => String, { nullable: true })
  eq?: string | null;

  @Field(() => String, { nullable: true })
  ne?: string | null;

  @Field(() => [String], { nullable: true })
  in?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Upper and lower case are the same.' })
  contains?: string | null;
}

@InputType()
export class MetricFilter {
  @Field(() => String)
  key!: string;

  @Field(() => MetricStat, { nullable: true, defaultValue: 'LAST' })
  stat?: MetricStat | null;

  @Field(() => Float, { nullable: true })
  gt?: number | null;

  @Field(() => Float, { nullable: true })
  gte?: number | null;

  @Field(() => Float, { nullable: true })
  lt?: number | null;

  @Field(() => Float, { nullable: true })
  lte?: number | null;
}

@InputType()
export class ConfigFilter {
  @Field(() => String, { description: 'A hyperparameter.' })
  key!: string;

  @Field(() => JSONScalar, { nullable: true })
  eq?: unknown;

  @Field(() => JSONScalar, { nullable: true })
  ne?: unknown;

  @Field(() => Float, { nullable: true })
  gt?: number | null;

  @Field(() => Float, { nullable: true })
  gte?: number | null;

  @Field(() => Float, { nullable: true })
  lt?: number | null;

  @Field(() => Float, { nullable: true })
  lte?: number | null;
}

@InputType()
export class DateFilter {
  @Field(() => DateTime, { nullable: true, description: 'At or after.' })
  after?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Before.' })
  before?: Date | null;
}

@InputType({ description: 'All that is given must hold.' })
export class RunFilter {
  @Field(() => [RunFilter], { nullable: true })
  and?: RunFilter[] | null;

  @Field(() => [RunFilter], { nullable: true })
  or?: RunFilter[] | null;

  @Field(() => RunFilter, { nullable: true })
  not?: RunFilter | null;

  @Field(() => [ID], { nullable: true })
  ids?: string[] | null;

  @Field(() => [RunStatus], { nullable: true })
  status?: RunStatus[] | null;

  @Field(() => StringFilter, { nullable: true })
  name?: StringFilter | null;

  @Field(() => String, { nullable: true })
  tag?: string | null;

  @Field(() => ConfigFilter, { nullable: true })
  config?: ConfigFilter | null;

  @Field(() => MetricFilter, { nullable: true })
  metric?: MetricFilter | null;

  @Field(() => DateFilter, { nullable: true })
  createdAt?: DateFilter | null;

  @Field(() => ID, { nullable: true, description: 'Clones of this run.' })
  parentRun?: string | null;

  @Field(() => String, { nullable: true, description: 'By name.' })
  dataset?: string | null;

  @Field(() => String, { nullable: true, description: 'By name.' })
  backbone?: string | null;
}

@InputType()
export class RunOrder {
  @Field(() => RunOrderField)
  field!: RunOrderField;

  @Field(() => String, { nullable: true, description: 'The metric, for METRIC.' })
  key?: string | null;

  @Field(() => MetricStat, { nullable: true, defaultValue: 'LAST' })
  stat?: MetricStat | null;

  @Field(() => SortDirection, { nullable: true, defaultValue: 'DESC' })
  direction?: SortDirection | null;
}
