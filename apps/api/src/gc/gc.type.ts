import { Field, Float, Int, ObjectType } from 'type-graphql';
import { UserError } from '../errors';

@ObjectType({ description: 'What gc removed for good; of a dry run, what it would remove.' })
export class CollectGarbagePayload {
  @Field(() => Int, { description: 'Runs, with their metrics, logs and artifacts.' })
  runs!: number;

  @Field(() => Int, { description: 'Datasets, with their pictures. A name that runs still show is kept.' })
  datasets!: number;

  @Field(() => Int, { description: 'Projects.' })
  projects!: number;

  @Field(() => Int, { description: 'Messages of alerts that were settled more than 30 days ago, whatever was asked for. Rules, webhooks, saved views and reports that are deleted go without being counted.' })
  deliveries!: number;

  @Field(() => Int, { description: 'Stored files that nothing refers to any more.' })
  blobs!: number;

  @Field(() => Float, { description: 'Bytes of those files.' })
  blobBytes!: number;

  @Field(() => Float, { nullable: true, description: 'Bytes of the database on disk before; null when gc was refused.' })
  databaseBytesBefore!: number | null;

  @Field(() => Float, { nullable: true, description: 'Bytes of the database on disk now; null when gc was refused.' })
  databaseBytesAfter!: number | null;

  @Field(() => [String], { description: 'What could not be done this time, such as a table that was in use all the while.' })
  notes!: string[];

  @Field(() => [UserError], { description: 'Why gc was refused; nothing was removed then.' })
  userErrors!: UserError[];
}
