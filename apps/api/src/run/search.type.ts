import { keyKind } from '@thaw/db';
import { Field, Int, ObjectType } from 'type-graphql';
import { connectionType } from '../connection';
import { graphqlEnum } from '../enum';
import { JSONScalar } from '../scalars';

export const KeyKind = graphqlEnum('KeyKind', keyKind.enumValues, 'What a key names.', {
  METRIC: 'A metric, as logMetrics calls it.',
  PARAM: 'A value of a config, by its dotted path.',
});
export type KeyKind = keyof typeof KeyKind;

@ObjectType({ description: 'A name that runs of a project use.' })
export class Key {
  @Field(() => String, { description: 'Such as "val/accuracy" or "optimizer.name".' })
  name!: string;
}

@ObjectType({ description: 'A page of keys, by name.' })
export class KeyConnection extends connectionType(Key, 'Key') {}

@ObjectType({ description: 'Something in a search that does not make sense, and where.' })
export class SearchProblem {
  @Field(() => String, { description: 'What was wrong, what is valid, what to do.' })
  message!: string;

  @Field(() => Int, { description: 'From 1.' })
  column!: number;

  @Field(() => Int, { description: 'Characters that are wrong; 0 at the end of the text.' })
  length!: number;

  @Field(() => [String], { description: 'What could stand there.' })
  expected!: string[];
}

@ObjectType({ description: 'What a search means.' })
export class ParsedSearch {
  @Field(() => JSONScalar, { nullable: true, description: 'As a RunFilter; null when there are problems.' })
  filter!: unknown;

  @Field(() => [SearchProblem], { description: 'Empty when the search makes sense.' })
  problems!: SearchProblem[];
}
