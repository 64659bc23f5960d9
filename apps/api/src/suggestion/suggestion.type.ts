import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../enum';
import { JSONScalar } from '../scalars';

export const SuggestionConfidence = graphqlEnum('SuggestionConfidence', ['HIGH', 'MEDIUM', 'LOW'] as const, 'How sure a suggestion is.', {
  HIGH: 'The evidence leaves little else.', MEDIUM: 'The usual reading of the evidence.', LOW: 'Worth a try, or a look.',
});
export const SuggestionOutcome = graphqlEnum('SuggestionOutcome', ['SUGGESTED', 'FINE', 'UNKNOWN'] as const, 'What came of looking for something.', {
  SUGGESTED: 'It was found: see suggestions.', FINE: 'It was not found.', UNKNOWN: 'There was too little to tell.',
});

@ObjectType({ description: 'A figure that a suggestion rests on.' })
export class SuggestionEvidence {
  @Field(() => String, { description: 'In words, with its numbers.' })
  text!: string;

  @Field(() => String, { nullable: true, description: 'Key of the metric it was read from.' })
  metric!: string | null;

  @Field(() => Float, { nullable: true, description: 'The figure; null when it is not finite.' })
  value!: number | null;

  @Field(() => Int, { nullable: true, description: 'From 1.' })
  epoch!: number | null;

  @Field(() => ID, { nullable: true, description: 'The picture of the dataset that is meant.' })
  picture!: string | null;

  @Field(() => String, { nullable: true, description: 'Path on this server of that picture; append ?width=N for a thumbnail.' })
  pictureUrl?: string | null;
}

@ObjectType({ description: 'What to try next, and why.' })
export class Suggestion {
  @Field(() => String, { description: 'For programs, such as OVERFITTING.' })
  code!: string;

  @Field(() => String, { description: 'For people.' })
  title!: string;

  @Field(() => String, { description: 'What it means and what helps.' })
  explanation!: string;

  @Field(() => [SuggestionEvidence], { description: 'What it rests on.' })
  evidence!: SuggestionEvidence[];

  @Field(() => JSONScalar, { description: 'Hyperparameters to change in a clone (cloneRun, launchRuns); a list of values makes several runs. {} where the data should change.' })
  changes!: unknown;

  @Field(() => SuggestionConfidence, { description: 'How sure it is.' })
  confidence!: keyof typeof SuggestionConfidence;

  @Field(() => String, { description: 'Where the rule and its thresholds come from.' })
  reference!: string;
}

@ObjectType({ description: 'One thing that was looked for.' })
export class SuggestionCheck {
  @Field(() => String, { description: 'As Suggestion.code.' })
  code!: string;

  @Field(() => String, { description: 'What was looked for.' })
  looksFor!: string;

  @Field(() => SuggestionOutcome, { description: 'What came of it.' })
  outcome!: keyof typeof SuggestionOutcome;

  @Field(() => String, { description: 'What was seen, or why nothing could be.' })
  detail!: string;
}

@ObjectType({ description: 'What to try next after a run, and everything that was looked at.' })
export class SuggestionReport {
  @Field(() => [Suggestion], { description: 'The surest first; empty when nothing stands out.' })
  suggestions!: Suggestion[];

  @Field(() => [SuggestionCheck], { description: 'Every rule, in the order it looked.' })
  checked!: SuggestionCheck[];
}
