import { groupFields } from '@thaw/db/queries/run/group-field';
import { Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { connectionType } from '../connection';
import { graphqlEnum } from '../enum';
import { JSONScalar } from '../scalars';
import { MetricStat } from './run-filter.input';
import { StatusCount } from './run.type';

export const RunGroupField = graphqlEnum('RunGroupField', groupFields, 'A fact of runs that they are grouped by.', {
  STATUS: 'How far they are.',
  KIND: 'Who trains them.',
  END_REASON: 'Why they ended.',
  DATASET: 'The name of their dataset.',
  BACKBONE: 'The name of their backbone.',
  TRAINER: 'The name of their trainer.',
});
export type RunGroupField = keyof typeof RunGroupField;

@InputType({ description: 'A figure of a metric, aggregated over the runs of each group.' })
export class MetricAggregateInput {
  @Field(() => String, { description: 'The metric.' })
  key!: string;

  @Field(() => MetricStat, { nullable: true, defaultValue: 'LAST', description: 'Which figure of it.' })
  stat?: MetricStat | null;
}

@ObjectType({ description: 'What the runs of a group have in common.' })
export class GroupValue {
  @Field(() => String, { description: 'The dotted path in the config, or the RunGroupField.' })
  key!: string;

  @Field(() => JSONScalar, { nullable: true, description: 'null: these runs have no such value.' })
  value!: unknown;
}

@ObjectType({ description: 'A figure of a metric over the runs of a group; values that are not finite are left out.' })
export class MetricAggregate {
  @Field(() => String, { description: 'The metric.' })
  key!: string;

  @Field(() => MetricStat, { description: 'Which figure of it.' })
  stat!: MetricStat;

  @Field(() => Int, { description: 'Runs that have it.' })
  count!: number;

  @Field(() => Float, { nullable: true, description: 'Its mean.' })
  mean!: number | null;

  @Field(() => Float, { nullable: true, description: 'Its standard deviation between runs (n - 1); null below two runs.' })
  std!: number | null;

  @Field(() => Float, { nullable: true, description: 'The lowest.' })
  min!: number | null;

  @Field(() => Float, { nullable: true, description: 'The highest.' })
  max!: number | null;
}

@ObjectType({ description: 'Runs with the same values of some fields and config keys.' })
export class RunGroup {
  @Field(() => [GroupValue], { description: 'In the order asked for, fields first.' })
  values!: GroupValue[];

  @Field(() => Int, { description: 'How many runs.' })
  count!: number;

  @Field(() => [StatusCount], { description: 'How many runs by status.' })
  statusCounts!: StatusCount[];

  @Field(() => [MetricAggregate], { description: 'In the order asked for.' })
  aggregates!: MetricAggregate[];

  @Field(() => JSONScalar, { description: 'The RunFilter that lists its runs in the same project.' })
  filter!: unknown;
}

@ObjectType({ description: 'A page of groups of runs.' })
export class RunGroupConnection extends connectionType(RunGroup, 'RunGroup') {}
