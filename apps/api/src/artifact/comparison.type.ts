import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { connectionType } from '../connection';
import { Picture } from '../dataset/dataset.type';
import { graphqlEnum } from '../enum';
import { agreements, type AgreementName } from './compare-predictions';

export const Agreement = graphqlEnum('Agreement', Object.keys(agreements) as AgreementName[], 'How several runs agree about a picture.', {
  ALL: 'Every picture.',
  DISAGREE: 'They do not all predict the same class.',
  SOME_RIGHT: 'Some are right and some are wrong.',
  ALL_WRONG: 'None is right.',
  ALL_RIGHT: 'None is wrong.',
});

@ObjectType({ description: 'What one run made of a picture.' })
export class RunPrediction {
  @Field(() => ID, { description: 'The run.' })
  runId!: string;

  @Field(() => String, { description: 'The most probable class.' })
  predicted!: string;

  @Field(() => Float, { description: 'Probability of the predicted class.' })
  confidence!: number;

  @Field(() => Boolean, { description: 'Whether that is the true class.' })
  correct!: boolean;
}

@ObjectType({ description: 'One validation picture as several runs see it.' })
export class ComparedPicture {
  @Field(() => Picture, { description: 'The picture itself, as the dataset version of the first run has it.' })
  picture!: Picture;

  @Field(() => String, { description: 'True class.' })
  label!: string;

  @Field(() => Boolean, { description: 'Whether all predict the same.' })
  agree!: boolean;

  @Field(() => [RunPrediction], { description: 'In the order of runIds.' })
  predictions!: RunPrediction[];
}

@ObjectType({ description: 'How many of the shared pictures there are of each kind, before any filter.' })
export class AgreementCounts {
  @Field(() => Int, { description: 'Pictures that every compared run has seen.' })
  all!: number;

  @Field(() => Int, { description: 'Where predictions differ.' })
  disagree!: number;

  @Field(() => Int, { description: 'Where some are right and some wrong.' })
  someRight!: number;

  @Field(() => Int, { description: 'Where none is right.' })
  allWrong!: number;

  @Field(() => Int, { description: 'Where none is wrong.' })
  allRight!: number;
}

@ObjectType({ description: 'A page of pictures, and what was compared.' })
export class ComparedPictureConnection extends connectionType(ComparedPicture, 'ComparedPicture') {
  @Field(() => [ID], { description: 'The runs that are compared, in the order asked for.' })
  runIds!: string[];

  @Field(() => [ID], { description: 'Those that have no evaluation (yet).' })
  withoutEvaluation!: string[];

  @Field(() => [String], { description: 'Every class that a compared run knows.' })
  classes!: string[];

  @Field(() => Boolean, { description: 'Whether the runs were evaluated on different dataset versions: then those pictures are compared that are in all of them, byte for byte.' })
  acrossVersions!: boolean;

  @Field(() => [Int], { description: 'How many pictures each compared run was evaluated on; counts.all is what they share.' })
  evaluatedOn!: number[];

  @Field(() => AgreementCounts, { description: 'Of the shared pictures.' })
  counts!: AgreementCounts;
}
