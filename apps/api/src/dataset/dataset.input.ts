import { Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { UserError } from '../errors';
import { Dataset, SkippedFile } from './dataset.type';

@InputType({
  description: 'path: relative, forward slashes; in a dataset train/<class>/<file> and val/<class>/<file>, or <class>/<file> (split by seed). sha256: as POST /blobs answered.',
})
export class FileInput {
  @Field(() => String)
  path!: string;

  @Field(() => String)
  sha256!: string;
}

@InputType()
export class CreateDatasetInput {
  @Field(() => String, { description: 'Unique within the project, 1 to 200 characters.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Made when it does not exist; default "default".' })
  project?: string | null;

  @Field(() => [FileInput], { nullable: true, description: 'Give either files or zip.' })
  files?: FileInput[] | null;

  @Field(() => [String], { nullable: true, description: 'Folders without files in them, so that an empty class is noticed.' })
  emptyFolders?: string[] | null;

  @Field(() => String, { nullable: true, description: 'sha256 of an uploaded zip.' })
  zip?: string | null;

  @Field(() => Float, { nullable: true, defaultValue: 0.2, description: 'Share of each class set aside for validation, when the source has no val/ of its own.' })
  valFraction?: number | null;

  @Field(() => Int, { nullable: true, defaultValue: 1, description: 'Decides which pictures are set aside.' })
  seed?: number | null;
}

@ObjectType()
export class CreateDatasetPayload {
  @Field(() => Dataset, { nullable: true })
  dataset!: Dataset | null;

  @Field(() => [SkippedFile], { description: 'Files that were not imported, each with its reason.' })
  skipped!: SkippedFile[];

  @Field(() => [String], { description: 'What is odd about the dataset but no reason to refuse it.' })
  warnings!: string[];

  @Field(() => [UserError])
  userErrors!: UserError[];
}
