import { Field, ID, ObjectType } from 'type-graphql';
import { connectionType } from '../connection';
import { DateTime } from '../scalars';

@ObjectType({ description: 'Holds datasets and runs that belong together.' })
export class Project {
  @Field(() => ID, { description: 'Of this installation.' })
  id!: string;

  @Field(() => String, { description: 'Unique.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'What it is about.' })
  description!: string | null;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Set while it is deleted: out of sight, but restoreProject brings it back until gc has run.' })
  deletedAt!: Date | null;
}

@ObjectType({ description: 'A page of projects.' })
export class ProjectConnection extends connectionType(Project, 'Project') {}
