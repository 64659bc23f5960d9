import { split } from '@thaw/db';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionType } from '../connection';
import { graphqlEnum } from '../enum';
import { DateTime } from '../scalars';

export const Split = graphqlEnum('Split', split.enumValues, 'What a picture is for.', { TRAIN: 'The model learns from it.', VAL: 'It only measures the model.' });

@ObjectType({ description: 'Named pictures in classes. What a run trains on is one version of it.' })
export class Dataset {
  @Field(() => ID, { description: 'Of this installation.' })
  id!: string;

  @Field(() => String, { description: 'Unique within its project.' })
  name!: string;

  @Field(() => DateTime, { description: 'When its first version was imported.' })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Set while it is deleted: out of sight, but restoreDataset brings it back until gc has run.' })
  deletedAt!: Date | null;
}

@ObjectType({ description: 'A page of datasets.' })
export class DatasetConnection extends connectionType(Dataset, 'Dataset') {}

@ObjectType({ description: 'One class of a dataset version, in figures.' })
export class DatasetClass {
  @Field(() => String, { description: "The folder's name." })
  name!: string;

  @Field(() => Int, { description: 'Pictures to learn from.' })
  trainCount!: number;

  @Field(() => Int, { description: 'Pictures to measure with.' })
  valCount!: number;
}

@ObjectType({ description: 'A file of the source that was not imported.' })
export class SkippedFile {
  @Field(() => String, { description: 'In the source, relative.' })
  path!: string;

  @Field(() => String, { description: 'Why, and what would help.' })
  reason!: string;
}

@ObjectType({ description: 'Never changes once it is there.' })
export class DatasetVersion {
  @Field(() => ID, { description: 'Of this installation.' })
  id!: string;

  @Field(() => Int, { description: 'From 1.' })
  version!: number;

  @Field(() => String, { description: 'sha256 over the sorted lines "<split> <class> <picture sha256>".' })
  digest!: string;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => [DatasetClass], { description: 'In the order of the model’s outputs.' })
  classes!: DatasetClass[];

  @Field(() => Int, { description: 'Pictures to learn from.' })
  trainCount!: number;

  @Field(() => Int, { description: 'Pictures to measure with.' })
  valCount!: number;

  @Field(() => [SkippedFile], { description: 'Files that were not imported, each with its reason.' })
  skipped!: SkippedFile[];

  @Field(() => Int, { nullable: true, description: 'Seed of the train/val split; null when the source had its own train/ and val/.' })
  splitSeed!: number | null;
}

@ObjectType({ description: 'One picture of a dataset version.' })
export class Picture {
  @Field(() => String, { description: 'In the source, relative.' })
  path!: string;

  @Field(() => Split, { description: 'What it is for.' })
  split!: keyof typeof Split;

  @Field(() => String, { description: 'Of the file as it was imported.' })
  sha256!: string;

  @Field(() => Int, { description: 'Pixels, EXIF orientation applied.' })
  width!: number;

  @Field(() => Int, { description: 'Pixels, EXIF orientation applied.' })
  height!: number;
}

@ObjectType({ description: 'Pictures, page by page.' })
export class PictureConnection extends connectionType(Picture, 'Picture') {}
