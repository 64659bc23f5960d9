import { Field, Int, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../enum';

const codes = ['LEAK_EXACT', 'LEAK_NEAR', 'LABEL_CONFLICT', 'DUPLICATES', 'IMBALANCE', 'NO_VALIDATION', 'FEW_VALIDATION', 'FEW_TRAINING', 'TINY_PICTURES', 'SKIPPED_FILES'] as const;
export const FindingCode = graphqlEnum('FindingCode', codes, 'What kind of thing was found.', {
  LEAK_EXACT: 'Validation pictures that are in training, byte for byte.',
  LEAK_NEAR: 'Validation pictures that look nearly the same as one in training.',
  LABEL_CONFLICT: 'Pictures that are in two classes, byte for byte.',
  DUPLICATES: 'Pictures that are in one split more than once.',
  IMBALANCE: 'A class has many times the training pictures of another.',
  NO_VALIDATION: 'Classes without a validation picture.',
  FEW_VALIDATION: 'Classes with so few validation pictures that their accuracy is a guess.',
  FEW_TRAINING: 'Classes with hardly anything to learn from.',
  TINY_PICTURES: 'Pictures that have to be enlarged a lot.',
  SKIPPED_FILES: 'Files of the source that were not imported.',
});

export const FindingSeverity = graphqlEnum('FindingSeverity', ['WARNING', 'NOTE'] as const, 'How much it matters.', {
  WARNING: 'Figures of runs will mislead.',
  NOTE: 'Good to know.',
});

@ObjectType({ description: 'Something odd about a dataset version, with its evidence.' })
export class Finding {
  @Field(() => FindingCode, { description: 'For programs.' })
  code!: keyof typeof FindingCode;

  @Field(() => FindingSeverity, { description: 'How much it matters.' })
  severity!: keyof typeof FindingSeverity;

  @Field(() => String, { description: 'In a few words.' })
  title!: string;

  @Field(() => String, { description: 'The evidence, and what it does to a run.' })
  message!: string;

  @Field(() => [String], { description: 'Classes it is about, the worst first; empty when it is about the whole.' })
  classes!: string[];

  @Field(() => Int, { description: 'How many pictures, pairs, files or classes it is about.' })
  count!: number;
}
