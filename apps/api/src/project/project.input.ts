import { Field, InputType, ObjectType } from 'type-graphql';
import { UserError } from '../errors';
import { Project } from './project.type';

@InputType()
export class CreateProjectInput {
  @Field(() => String, { description: 'Unique, 1 to 200 characters.' })
  name!: string;

  @Field(() => String, { nullable: true })
  description?: string | null;
}

@ObjectType()
export class CreateProjectPayload {
  @Field(() => Project, { nullable: true })
  project!: Project | null;

  @Field(() => [UserError])
  userErrors!: UserError[];
}
