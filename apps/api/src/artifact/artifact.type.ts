import { artifactKind } from '@thaw/db';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { StoredFile } from '../blob/stored-file.type';
import { connectionType } from '../connection';
import { Picture } from '../dataset/dataset.type';
import { graphqlEnum } from '../enum';
import { DateTime, JSONScalar } from '../scalars';

export const ArtifactKind = graphqlEnum('ArtifactKind', artifactKind.enumValues, 'What the files of an artifact are.', {
  MODEL: 'A tfjs LayersModel with labels.json and preprocessing.json.',
  EVALUATION: 'evaluation.json, what Run.evaluation is made from.',
});

@ObjectType({ description: 'Files of a run. Logging the same name again replaces them.' })
export class Artifact {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'Unique within its run.' })
  name!: string;

  @Field(() => ArtifactKind)
  kind!: keyof typeof ArtifactKind;

  @Field(() => String, { description: 'sha256 over the sorted lines "<sha256>  <path>" of its files.' })
  digest!: string;

  @Field(() => Int, { description: 'Bytes, all files together.' })
  size!: number;

  @Field(() => [StoredFile])
  files!: StoredFile[];

  @Field(() => JSONScalar, { nullable: true })
  metadata!: unknown;

  @Field(() => DateTime)
  createdAt!: Date;
}

@ObjectType()
export class ClassReport {
  @Field(() => String)
  label!: string;

  @Field(() => Float, { description: 'Share of the pictures called this that are; 0 when none is.' })
  precision!: number;

  @Field(() => Float, { description: 'Share of this class’s pictures that were found; 0 when it has none.' })
  recall!: number;

  @Field(() => Float, { description: 'Harmonic mean of the two.' })
  f1!: number;

  @Field(() => Int, { description: 'Validation pictures of this class.' })
  support!: number;
}

@ObjectType()
export class Prediction {
  @Field(() => Picture)
  picture!: Picture;

  @Field(() => String, { description: 'True class.' })
  label!: string;

  @Field(() => String)
  predicted!: string;

  @Field(() => Float, { description: 'Probability of the predicted class.' })
  confidence!: number;

  @Field(() => Boolean)
  correct!: boolean;
}

@ObjectType()
export class PredictionConnection extends connectionType(Prediction, 'Prediction') {}

@ObjectType({ description: 'The validation pictures as the restored best model sees them.' })
export class Evaluation {
  @Field(() => Float, { nullable: true, description: 'null when it is not finite.' })
  loss!: number | null;

  @Field(() => Float)
  accuracy!: number;

  @Field(() => Float, { nullable: true, description: 'null with five classes or fewer.' })
  top5Accuracy!: number | null;

  @Field(() => [String])
  classes!: string[];

  @Field(() => [[Int]], { description: 'Rows: true class, columns: predicted class, in the order of classes.' })
  confusionMatrix!: number[][];

  @Field(() => [ClassReport])
  perClass!: ClassReport[];
}
