import { duplicateKinds } from '@thaw/db/queries/dataset/list-duplicates';
import { Field, Int, ObjectType } from 'type-graphql';
import { connectionType } from '../connection';
import { graphqlEnum } from '../enum';
import { Picture } from './dataset.type';

export const DuplicateKind = graphqlEnum('DuplicateKind', duplicateKinds, 'Which pairs of alike pictures.', {
  LEAK: 'One is for training, the other for validation.',
  WITHIN_SPLIT: 'Both are for training, or both for validation.',
  CONFLICT: 'Equal bytes in two classes: one of the labels is wrong.',
});

@ObjectType({ description: 'Two pictures of one version that are the same, or nearly so.' })
export class Duplicate {
  @Field(() => Picture, { description: 'The one that comes first; in a leak the training picture.' })
  first!: Picture;

  @Field(() => Picture, { description: 'The one that comes later; in a leak the validation picture.' })
  second!: Picture;

  @Field(() => Boolean, { description: 'Equal bytes.' })
  exact!: boolean;

  @Field(() => Int, { description: 'Bits of 64 in which their perceptual hashes differ; at most 8.' })
  distance!: number;

  @Field(() => Boolean, { description: 'One is for training, the other for validation: the model would be measured on what it has seen.' })
  leaks!: boolean;
}

@ObjectType({ description: 'A picture that is the same as another, or nearly so.' })
export class DuplicateOfPicture {
  @Field(() => Picture, { description: 'The other one.' })
  picture!: Picture;

  @Field(() => Boolean, { description: 'Equal bytes.' })
  exact!: boolean;

  @Field(() => Int, { description: 'Bits of 64 in which their perceptual hashes differ; at most 8.' })
  distance!: number;

  @Field(() => Boolean, { description: 'They are in different splits.' })
  leaks!: boolean;
}

@ObjectType({ description: 'Pairs of alike pictures, page by page.' })
export class DuplicateConnection extends connectionType(Duplicate, 'Duplicate') {}

@ObjectType({ description: 'How many pairs of alike pictures a version has. Each picture is paired with the first that has the same bytes and the five most alike before it, of either split.' })
export class DuplicateCounts {
  @Field(() => Int, { description: 'Pairs with equal bytes.' })
  exact!: number;

  @Field(() => Int, { description: 'Pairs that look nearly the same.' })
  near!: number;

  @Field(() => Int, { description: 'Pairs, exact or near, of a training and a validation picture.' })
  leaks!: number;

  @Field(() => Int, { description: 'Pairs with equal bytes in two classes: one of the labels is wrong.' })
  conflicts!: number;
}
