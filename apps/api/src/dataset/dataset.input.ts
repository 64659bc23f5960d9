import { Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { UserError } from '../errors';
import { Dataset, DatasetVersion, SkippedFile, Split } from './dataset.type';

@InputType({
  description: 'path: relative, forward slashes; in a dataset train/<class>/<file> and val/<class>/<file>, or <class>/<file> (split by seed). sha256: as POST /blobs answered.',
})
export class FileInput {
  @Field(() => String, { description: 'Relative, with forward slashes.' })
  path!: string;

  @Field(() => String, { description: 'As POST /blobs answered.' })
  sha256!: string;
}

@InputType({ description: 'Pictures in folders, as files uploaded one by one or as one zip.' })
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

@InputType({ description: 'Puts one picture of a dataset into another class, another split, or both.' })
export class RelabelInput {
  @Field(() => String, { description: 'As the version shows it; it stays the same.' })
  path!: string;

  @Field(() => String, { nullable: true, description: 'The class it is to have; left as it is when absent.' })
  label?: string | null;

  @Field(() => Split, { nullable: true, description: 'What it is to be for; left as it is when absent.' })
  split?: keyof typeof Split | null;
}

@InputType({ description: 'Changes to a version of a dataset, which make the next one. Existing pictures keep class and split unless relabel says otherwise.' })
export class CreateDatasetVersionInput {
  @Field(() => String, { description: 'Name of the dataset.' })
  dataset!: string;

  @Field(() => String, { nullable: true, description: 'May be left out when only one project has a dataset of that name.' })
  project?: string | null;

  @Field(() => Int, { nullable: true, description: 'The version to change; the latest, also when another one comes meanwhile, if left out.' })
  baseVersion?: number | null;

  @Field(() => Int, { nullable: true, description: 'Refused with VERSION_CONFLICT when the latest version is another than this one by then: for whoever changes what they looked at.' })
  onlyOnto?: number | null;

  @Field(() => [FileInput], { nullable: true, description: 'Added, or put in place of the picture with that path. Paths are read as by createDataset; without train/ or val/ the seed of the dataset decides the split.' })
  files?: FileInput[] | null;

  @Field(() => [String], { nullable: true, description: 'Folders without files in them, so that an empty new class is noticed.' })
  emptyFolders?: string[] | null;

  @Field(() => String, { nullable: true, description: 'sha256 of an uploaded zip, instead of files.' })
  zip?: string | null;

  @Field(() => [String], { nullable: true, description: 'Paths of pictures to leave out. A class none of whose pictures is left is gone.' })
  remove?: string[] | null;

  @Field(() => [RelabelInput], { nullable: true, description: 'Pictures, new ones too, to put into another class or split.' })
  relabel?: RelabelInput[] | null;

  @Field(() => [String], { nullable: true, description: 'Classes that relabel may make. Any other label must be a class already.' })
  newClasses?: string[] | null;
}

@ObjectType({ description: 'A dataset and the version that was made, or why none was.' })
export class CreateDatasetPayload {
  @Field(() => Dataset, { nullable: true, description: 'null when nothing was made.' })
  dataset!: Dataset | null;

  @Field(() => DatasetVersion, { nullable: true, description: 'The version that was made.' })
  version!: DatasetVersion | null;

  @Field(() => [SkippedFile], { description: 'Files that were not imported, each with its reason.' })
  skipped!: SkippedFile[];

  @Field(() => [String], { description: 'What is odd about the dataset but no reason to refuse it.' })
  warnings!: string[];

  @Field(() => [UserError], { description: 'Why nothing was done; empty when it was.' })
  userErrors!: UserError[];
}
