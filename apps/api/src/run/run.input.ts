import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { UserError } from '../errors';
import { JSONScalar } from '../scalars';
import { RunConstraintsInput } from './constraints';
import { Run } from './run.type';

@InputType({ description: 'What to train on what, and how.' })
export class LaunchRunInput {
  @Field(() => String, { nullable: true, description: "Made when there is none of that name; default: the dataset's project." })
  project?: string | null;

  @Field(() => String, { description: 'By name.' })
  dataset!: string;

  @Field(() => Int, { nullable: true, description: 'Default: the latest.' })
  datasetVersion?: number | null;

  @Field(() => String, { description: 'By name. One that is not downloaded yet starts downloading; the run waits for it.' })
  backbone!: string;

  @Field(() => JSONScalar, { nullable: true, description: 'Any subset of the hyperparameters; the rest are defaults.' })
  config?: unknown;

  @Field(() => String, { nullable: true, description: 'Default: the freeze strategy and a number, such as "head-3".' })
  name?: string | null;

  @Field(() => [String], { nullable: true, description: '50 at most, of 100 characters each.' })
  tags?: string[] | null;

  @Field(() => String, { nullable: true, description: 'For people; Markdown.' })
  notes?: string | null;

  @Field(() => Int, { nullable: true, defaultValue: 0, description: 'Higher is claimed first.' })
  priority?: number | null;

  @Field(() => RunConstraintsInput, { nullable: true, description: 'Which trainers may take it; default: any.' })
  constraints?: RunConstraintsInput | null;

  @Field(() => String, { nullable: true, description: 'Of the code that launches it.' })
  gitCommit?: string | null;
}

@InputType({ description: 'Which run to repeat, and what to change.' })
export class CloneRunInput {
  @Field(() => ID, { description: 'The origin.' })
  id!: string;

  @Field(() => JSONScalar, { nullable: true, description: "Merged over the origin's config; null removes a value, which puts its default back." })
  config?: unknown;

  @Field(() => String, { nullable: true, description: 'Default: the freeze strategy and a number.' })
  name?: string | null;

  @Field(() => [String], { nullable: true, description: "Default: the origin's." })
  tags?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Default: none.' })
  notes?: string | null;

  @Field(() => String, { nullable: true, description: "By name; default: the origin's." })
  backbone?: string | null;

  @Field(() => String, { nullable: true, description: "By name, its latest version; default: the origin's version." })
  dataset?: string | null;

  @Field(() => Int, { nullable: true, description: "Higher is claimed first; default: the origin's." })
  priority?: number | null;

  @Field(() => RunConstraintsInput, { nullable: true, description: "Which trainers may take it, in place of the origin's; default: the same ones." })
  constraints?: RunConstraintsInput | null;
}

@InputType({ description: 'What is left out stays as it is.' })
export class UpdateRunInput {
  @Field(() => ID, { description: 'The run to change.' })
  id!: string;

  @Field(() => String, { nullable: true, description: '1 to 200 characters.' })
  name?: string | null;

  @Field(() => [String], { nullable: true, description: 'All of them: they replace those before.' })
  tags?: string[] | null;

  @Field(() => String, { nullable: true, description: 'null removes them.' })
  notes?: string | null;

  @Field(() => JSONScalar, { nullable: true, description: 'External runs only: merged over the config, objects within objects too; null removes a value.' })
  config?: unknown;

  @Field(() => Int, { nullable: true, description: 'While it waits: higher is claimed first.' })
  priority?: number | null;

  @Field(() => RunConstraintsInput, { nullable: true, description: 'While it waits: which trainers may take it, in place of those before; {} lets any.' })
  constraints?: RunConstraintsInput | null;
}

@ObjectType({ description: 'The runs that one launch made, or why it made none.' })
export class LaunchedRunsPayload {
  @Field(() => [Run], { description: 'In the order of the combinations, the last hyperparameter changing fastest; empty when there are userErrors.' })
  runs!: unknown[];

  @Field(() => [UserError], { description: 'Every problem; "grid.learningRate.2" is the third value. When there is one, no run was made.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'What became of a run.' })
export class RunPayload {
  @Field(() => Run, { nullable: true, description: 'As it stands now; null when nothing was done.' })
  run!: unknown;

  @Field(() => [UserError], { description: 'Why nothing was done; empty when it was.' })
  userErrors!: UserError[];
}
