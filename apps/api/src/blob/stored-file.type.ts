import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'One stored file: GET /blobs/<sha256>' })
export class StoredFile {
  @Field(() => String)
  path!: string;

  @Field(() => String)
  sha256!: string;

  @Field(() => Int, { description: 'Bytes.' })
  size!: number;
}
