import type { DatasetVersionRow } from '@thaw/db';
import type { Comparison } from '@thaw/db/queries/dataset/compare-versions';
import { Field, Int, ObjectType } from 'type-graphql';
import { connectionType } from '../connection';
import { DatasetVersion, Picture } from './dataset.type';

@ObjectType({ description: 'A picture as it was in one version and is in another.' })
export class PictureChange {
  @Field(() => Picture, { description: 'In the version compared with.' })
  before!: Picture;

  @Field(() => Picture, { description: 'In this version.' })
  after!: Picture;
}

@ObjectType({ description: 'Changed pictures, page by page.' })
export class PictureChangeConnection extends connectionType(PictureChange, 'PictureChange') {}

@ObjectType({ description: 'How many pictures of a class two versions have.' })
export class ClassChange {
  @Field(() => String, { description: 'Name of the class.' })
  name!: string;

  @Field(() => Int, { description: 'Training pictures in the version compared with.' })
  trainBefore!: number;

  @Field(() => Int, { description: 'Training pictures in this version.' })
  trainAfter!: number;

  @Field(() => Int, { description: 'Validation pictures in the version compared with.' })
  valBefore!: number;

  @Field(() => Int, { description: 'Validation pictures in this version.' })
  valAfter!: number;
}

@ObjectType({ description: 'What became of the pictures of one version in another. They are the same by path, or by their bytes when the path is new; one picture can be in several of the lists.' })
export class DatasetChanges {
  @Field(() => DatasetVersion, { description: 'The version compared with.' })
  from!: DatasetVersionRow;

  @Field(() => DatasetVersion, { description: 'The version whose changes these are.' })
  to!: DatasetVersionRow;

  @Field(() => [String], { description: 'Classes that only this version has.' })
  classesAdded!: string[];

  @Field(() => [String], { description: 'Classes that only the version compared with has.' })
  classesRemoved!: string[];

  @Field(() => [ClassChange], { description: 'Every class of either version, by name.' })
  classes!: ClassChange[];

  comparison!: Comparison;
}
