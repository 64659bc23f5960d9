import { Field, ID, InputType, Int } from 'type-graphql';
import { DateTime, JSONScalar, MetricColumnsScalar } from '../scalars';
import { MetricValueInput } from './metric-value.input';
import { RunStatus } from './run.type';

@InputType({ description: 'How an external run ended.' })
export class EndRunInput {
  @Field(() => RunStatus, { nullable: true, description: 'FINISHED (the default), FAILED or CANCELLED.' })
  status?: RunStatus | null;

  @Field(() => String, { nullable: true, description: 'What went wrong, for a run that FAILED or was CANCELLED: a message, a stack trace.' })
  error?: string | null;

  @Field(() => [MetricValueInput], { nullable: true, description: 'The figures the run stands for. Default: the last value of each metric (of the first 1,000 by name, if there are more).' })
  finalMetrics?: MetricValueInput[] | null;

  @Field(() => DateTime, { nullable: true, description: 'Default: now.' })
  endedAt?: Date | null;
}

@InputType({ description: 'The end of one external run.' })
export class FinishRunInput extends EndRunInput {
  @Field(() => ID, { description: 'Of the run that ends.' })
  id!: string;
}

@InputType({ description: 'A run that a script logs, or an import of one that has ended.' })
export class CreateRunInput {
  @Field(() => ID, { nullable: true, description: 'A UUID of your own making, best a time-ordered one (version 7). With it a retry is harmless: the same id with the same input answers the run that is there.' })
  id?: string | null;

  @Field(() => String, { description: 'Made when there is none of that name.' })
  project!: string;

  @Field(() => String, { nullable: true, description: 'Default: "run-" and the end of its id.' })
  name?: string | null;

  @Field(() => JSONScalar, { nullable: true, description: 'Any JSON object, nested as you like: at most 2,000 values, 20 levels, 1 MB. Searches reach a value by its dotted path.' })
  config?: unknown;

  @Field(() => [String], { nullable: true, description: 'At most 50.' })
  tags?: string[] | null;

  @Field(() => String, { nullable: true, description: 'For people; Markdown shows as it is typed.' })
  notes?: string | null;

  @Field(() => String, { nullable: true, description: 'By name: the dataset it trains on, when Thaw has it.' })
  dataset?: string | null;

  @Field(() => Int, { nullable: true, description: 'Default: the latest.' })
  datasetVersion?: number | null;

  @Field(() => String, { nullable: true, description: 'By name: the backbone it starts from, when Thaw has it.' })
  backbone?: string | null;

  @Field(() => ID, { nullable: true, description: 'The run this one goes on from.' })
  parentRun?: string | null;

  @Field(() => String, { nullable: true, description: 'Of the script.' })
  gitCommit?: string | null;

  @Field(() => JSONScalar, { nullable: true, description: 'Versions and hardware, as a JSON object of 250 kB at most.' })
  environment?: unknown;

  @Field(() => DateTime, { nullable: true, description: 'Default: now.' })
  startedAt?: Date | null;

  @Field(() => [MetricColumnsScalar], { nullable: true, description: 'Stored together with the run, as logMetrics would.' })
  metrics?: unknown[] | null;

  @Field(() => EndRunInput, { nullable: true, description: 'For a run that has ended already; default: it is RUNNING.' })
  end?: EndRunInput | null;
}
