import { Field, Float, ObjectType } from 'type-graphql';

@ObjectType({ description: 'One stored file: GET /blobs/<sha256>' })
export class StoredFile {
  @Field(() => String)
  path!: string;

  @Field(() => String)
  sha256!: string;

  @Field(() => Float, { description: 'Bytes.' })
  size!: number;
}
