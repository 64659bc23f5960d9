import { Field, ObjectType } from 'type-graphql';
import { Dataset } from '../dataset/dataset.type';
import { UserError } from '../errors';
import { Project } from '../project/project.type';
import { Run } from '../run/run.type';

@ObjectType({ description: 'What became of several runs at once: of all of them, or of none.' })
export class RunsPayload {
  @Field(() => [Run], { description: 'In the order of the ids given; empty when the change was refused.' })
  runs!: unknown[];

  @Field(() => [UserError], { description: 'Every problem; when there is one, nothing was changed.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'A dataset as it stands after the change.' })
export class DatasetPayload {
  @Field(() => Dataset, { nullable: true, description: 'null when the change was refused.' })
  dataset!: unknown;

  @Field(() => [UserError], { description: 'Every problem; when there is one, nothing was changed.' })
  userErrors!: UserError[];
}

@ObjectType({ description: 'A project as it stands after the change.' })
export class ProjectPayload {
  @Field(() => Project, { nullable: true, description: 'null when the change was refused.' })
  project!: unknown;

  @Field(() => [UserError], { description: 'Every problem; when there is one, nothing was changed.' })
  userErrors!: UserError[];
}
