import { Field, InputType, ObjectType } from 'type-graphql';
import { UserError } from '../errors';
import { Project } from './project.type';

@InputType({ description: 'A new project.' })
export class CreateProjectInput {
  @Field(() => String, { description: 'Unique, 1 to 200 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is about.' })
  description?: string | null;
}

@ObjectType({ description: 'What became of a new project.' })
export class CreateProjectPayload {
  @Field(() => Project, { nullable: true, description: 'null when there are userErrors.' })
  project!: Project | null;

  @Field(() => [UserError], { description: 'Why nothing was done; empty when it was.' })
  userErrors!: UserError[];
}
