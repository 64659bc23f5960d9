import { Field, ID, InputType, Int } from 'type-graphql';
import { JSONScalar } from '../scalars';
import { RunConstraintsInput } from './constraints';

@InputType({ description: 'One run for every combination of values; without several values, one run.' })
export class LaunchRunsInput {
  @Field(() => ID, { description: 'A UUID of your own for this request: asking again with it, after a lost answer, answers the same runs and makes no second set.' })
  requestId!: string;

  @Field(() => ID, { nullable: true, description: 'The run to clone: what is left out is as in it, and config and grid are merged over its config (null puts a default back).' })
  origin?: string | null;

  @Field(() => String, { nullable: true, description: "Made when there is none of that name; default: the dataset's project. Clones are in the project of their origin." })
  project?: string | null;

  @Field(() => String, { nullable: true, description: 'By name; needed unless there is an origin.' })
  dataset?: string | null;

  @Field(() => Int, { nullable: true, description: 'Default: the latest.' })
  datasetVersion?: number | null;

  @Field(() => String, { nullable: true, description: 'By name; needed unless there is an origin.' })
  backbone?: string | null;

  @Field(() => JSONScalar, { nullable: true, description: 'Hyperparameters that all have in common; the rest are defaults.' })
  config?: unknown;

  @Field(() => JSONScalar, { nullable: true, description: '{ "learningRate": [0.001, 0.0003], "seed": [1, 2] } makes four runs; 100 at most. A value that has no meaning beside the others (lastBlocks, while only the head trains) makes no run of its own.' })
  grid?: unknown;

  @Field(() => String, { nullable: true, description: 'Of one run, its name; of several, what their names begin with, before what varies: "roses learningRate=0.001 seed=2".' })
  name?: string | null;

  @Field(() => [String], { nullable: true, description: 'Of every one of them: what to find them by again. 50 at most, of 100 characters each.' })
  tags?: string[] | null;

  @Field(() => String, { nullable: true, description: 'For people; Markdown.' })
  notes?: string | null;

  @Field(() => Int, { nullable: true, description: 'Higher is claimed first.' })
  priority?: number | null;

  @Field(() => RunConstraintsInput, { nullable: true, description: "Which trainers may take them; default: any, or the origin's." })
  constraints?: RunConstraintsInput | null;

  @Field(() => String, { nullable: true, description: 'Of the code that launches them.' })
  gitCommit?: string | null;
}
