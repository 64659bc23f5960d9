import { split } from '@thaw/db';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionType } from '../connection';
import { graphqlEnum } from '../enum';
import { DateTime } from '../scalars';

export const Split = graphqlEnum('Split', split.enumValues, 'What a picture is for.', { TRAIN: 'The model learns from it.', VAL: 'It only measures the model.' });

@ObjectType({ description: 'Named pictures in classes. What a run trains on is one version of it.' })
export class Dataset {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'Unique within its project.' })
  name!: string;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Set while it is deleted: out of sight, but restoreDataset brings it back until gc has run.' })
  deletedAt!: Date | null;
}

@ObjectType()
export class DatasetConnection extends connectionType(Dataset, 'Dataset') {}

@ObjectType()
export class DatasetClass {
  @Field(() => String)
  name!: string;

  @Field(() => Int)
  trainCount!: number;

  @Field(() => Int)
  valCount!: number;
}

@ObjectType({ description: 'A file of the source that was not imported.' })
export class SkippedFile {
  @Field(() => String)
  path!: string;

  @Field(() => String)
  reason!: string;
}

@ObjectType({ description: 'Never changes once it is there.' })
export class DatasetVersion {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { description: 'From 1.' })
  version!: number;

  @Field(() => String, { description: 'sha256 over the sorted lines "<split> <class> <picture sha256>".' })
  digest!: string;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => [DatasetClass], { description: 'In the order of the model’s outputs.' })
  classes!: DatasetClass[];

  @Field(() => Int)
  trainCount!: number;

  @Field(() => Int)
  valCount!: number;

  @Field(() => [SkippedFile], { description: 'Files that were not imported, each with its reason.' })
  skipped!: SkippedFile[];

  @Field(() => Int, { nullable: true, description: 'Seed of the train/val split; null when the source had its own train/ and val/.' })
  splitSeed!: number | null;
}

@ObjectType()
export class Picture {
  @Field(() => String)
  path!: string;

  @Field(() => Split)
  split!: keyof typeof Split;

  @Field(() => String)
  sha256!: string;

  @Field(() => Int, { description: 'Pixels, EXIF orientation applied.' })
  width!: number;

  @Field(() => Int)
  height!: number;
}

@ObjectType({ description: 'Pictures, page by page.' })
export class PictureConnection extends connectionType(Picture, 'Picture') {}
