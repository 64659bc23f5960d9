import { artifactKind } from '@thaw/db';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { StoredFile } from '../blob/stored-file.type';
import { graphqlEnum } from '../enum';
import { DateTime, JSONScalar } from '../scalars';

export const ArtifactKind = graphqlEnum('ArtifactKind', artifactKind.enumValues, 'What the files of an artifact are.', {
  MODEL: 'A tfjs LayersModel with labels.json and preprocessing.json.',
  EVALUATION: 'evaluation.json, what Run.evaluation is made from, and features.json, its map of pictures, if there is one.',
  FILE: 'Anything: one file or many.',
  IMAGE: 'One picture: PNG, JPEG, WebP, GIF or SVG, of 50 MB at most.',
  TABLE: 'One JSON file { "columns": ["name"], "rows": [["value"]] } of 32 MB at most: a text, number, true, false or null for each column.',
  CONFUSION_MATRIX: 'One JSON file { "classes": ["cat", "dog"], "matrix": [[8, 2], [1, 9]] } of at most 1,000 classes; rows are the true class.',
  TEXT: 'One file of UTF-8 text, of 64 MB at most.',
});

@ObjectType({ description: 'Files of a run. Logging the same name again replaces them.' })
export class Artifact {
  @Field(() => ID, { description: 'Changes when the artifact is replaced.' })
  id!: string;

  @Field(() => String, { description: 'Unique within its run.' })
  name!: string;

  @Field(() => ArtifactKind, { description: 'What the files are, and so how they are shown.' })
  kind!: keyof typeof ArtifactKind;

  @Field(() => String, { description: 'sha256 over the sorted lines "<sha256>  <path>" of its files.' })
  digest!: string;

  @Field(() => Float, { description: 'Bytes, all files together.' })
  size!: number;

  @Field(() => [StoredFile], { description: 'Its files, by path.' })
  files!: StoredFile[];

  @Field(() => JSONScalar, { nullable: true, description: 'Whatever its logger wanted kept beside it.' })
  metadata!: unknown;

  @Field(() => DateTime, { description: 'When it was logged, or last replaced.' })
  createdAt!: Date;
}

@ObjectType({ description: 'Rows of an artifact of kind TABLE.' })
export class ArtifactTable {
  @Field(() => [String], { description: 'Names, left to right.' })
  columns!: string[];

  @Field(() => Int, { description: 'All of them, not only those of this answer.' })
  rowCount!: number;

  @Field(() => JSONScalar, { description: 'Arrays, each with one value for each column.' })
  rows!: unknown;
}

@ObjectType({ description: 'An artifact of kind CONFUSION_MATRIX.' })
export class ArtifactMatrix {
  @Field(() => [String], { description: 'In the order of rows and columns.' })
  classes!: string[];

  @Field(() => [[Float]], { description: 'Rows: true class, columns: predicted class.' })
  matrix!: number[][];
}
