import { Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { JSONScalar } from '../scalars';

@InputType({ description: 'Runs that are not launched yet.' })
export class EstimateRunsInput {
  @Field(() => String, { nullable: true, description: 'Where the dataset is looked for first.' })
  project?: string | null;

  @Field(() => String, { description: 'By name.' })
  dataset!: string;

  @Field(() => Int, { nullable: true, description: 'Default: the latest.' })
  datasetVersion?: number | null;

  @Field(() => String, { description: 'By name.' })
  backbone!: string;

  @Field(() => [JSONScalar], { description: 'Hyperparameters of each run, the rest are defaults; 1 to 100.' })
  configs!: unknown[];

  @Field(() => Int, { nullable: true, defaultValue: 0, description: 'Queued runs of a lower one go behind.' })
  priority?: number | null;
}

@ObjectType({ description: 'How long a run is likely to take, read from earlier ones: overhead, and seconds per picture and epoch of each stage.' })
export class RunEstimate {
  @Field(() => Float, { nullable: true, description: 'Expected; null when reason says why it is not known.' })
  seconds!: number | null;

  @Field(() => Float, { nullable: true, description: 'About the least.' })
  low!: number | null;

  @Field(() => Float, { nullable: true, description: 'About the most, with all of its epochs.' })
  high!: number | null;

  @Field(() => Int, { nullable: true, description: 'Epochs that the expected time counts: early stopping as in earlier runs.' })
  epochs!: number | null;

  @Field(() => Int, { description: 'Earlier runs it was read from.' })
  basedOn!: number;

  @Field(() => String, { nullable: true, description: 'What those have in common with this one, for people.' })
  similarity!: string | null;

  @Field(() => String, { nullable: true, description: 'Why nothing is known, and what would help.' })
  reason!: string | null;
}

@ObjectType({ description: 'How long runs are likely to take, and what goes before them.' })
export class RunEstimates {
  @Field(() => [RunEstimate], { description: 'In the order of configs.' })
  runs!: RunEstimate[];

  @Field(() => Float, { nullable: true, description: 'Until the last of them is done, once the first begins: shared among slots. null when one is not known.' })
  seconds!: number | null;

  @Field(() => Float, { nullable: true, description: 'About the least.' })
  low!: number | null;

  @Field(() => Float, { nullable: true, description: 'About the most.' })
  high!: number | null;

  @Field(() => Int, { description: 'Runs that are running, or wait and go before.' })
  ahead!: number;

  @Field(() => Float, { nullable: true, description: 'Until those leave a slot; 0 when one is free. null when it is not known.' })
  aheadSeconds!: number | null;

  @Field(() => Int, { description: 'Runs that the trainers which are alive work on at a time.' })
  slots!: number;
}
