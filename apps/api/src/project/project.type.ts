import { Field, ID, ObjectType } from 'type-graphql';
import { connectionType } from '../connection';
import { DateTime } from '../scalars';

@ObjectType({ description: 'Holds datasets and runs that belong together.' })
export class Project {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'Unique.' })
  name!: string;

  @Field(() => String, { nullable: true })
  description!: string | null;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Set while it is deleted: out of sight, but restoreProject brings it back until gc has run.' })
  deletedAt!: Date | null;
}

@ObjectType()
export class ProjectConnection extends connectionType(Project, 'Project') {}
