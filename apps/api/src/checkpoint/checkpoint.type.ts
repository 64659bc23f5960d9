import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { StoredFile } from '../blob/stored-file.type';
import { DateTime } from '../scalars';

@ObjectType({ description: 'What a trainer needs to go on with a run exactly where another stopped.' })
export class Checkpoint {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => Int, { description: 'From 1.' })
  epoch!: number;

  @Field(() => Int, { description: 'Batches of that epoch that are in it; 0: the whole epoch.' })
  batch!: number;

  @Field(() => Boolean, { description: 'Whether it holds the best model of the run so far.' })
  best!: boolean;

  @Field(() => Boolean, { description: 'Whether it is the newest: what the next trainer goes on from.' })
  latest!: boolean;

  @Field(() => Float, { description: 'Bytes, all files together.' })
  size!: number;

  @Field(() => DateTime, { description: 'When it was logged.' })
  createdAt!: Date;

  @Field(() => [StoredFile], { description: 'Its files, by path.' })
  files!: StoredFile[];
}
