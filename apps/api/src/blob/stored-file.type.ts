import { Field, Float, ObjectType } from 'type-graphql';

@ObjectType({ description: 'One stored file: GET /blobs/<sha256>' })
export class StoredFile {
  @Field(() => String, { description: 'Within what it belongs to, relative.' })
  path!: string;

  @Field(() => String, { description: 'What GET /blobs takes.' })
  sha256!: string;

  @Field(() => Float, { description: 'Bytes.' })
  size!: number;
}
