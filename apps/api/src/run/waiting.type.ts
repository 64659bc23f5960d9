import { Field, Int, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../enum';

export const WaitingCode = graphqlEnum('WaitingCode', ['BACKBONE', 'NO_TRAINER', 'NO_MATCH', 'DRAINED', 'BUSY', 'SOON'], 'Why a queued run waits.', {
  BACKBONE: 'Its backbone is not downloaded yet.',
  NO_TRAINER: 'No trainer is alive.',
  NO_MATCH: 'Trainers are alive, but none has what the run demands.',
  DRAINED: 'Those that could take it are draining: they take no more runs.',
  BUSY: 'Those that could take it work on other runs.',
  SOON: 'A trainer that could take it has room.',
});
export type WaitingCode = keyof typeof WaitingCode;

@ObjectType({ description: 'Why a queued run waits, and for how many others.' })
export class RunWaiting {
  @Field(() => WaitingCode, { description: 'For programs.' })
  code!: WaitingCode;

  @Field(() => String, { description: 'For people: what is missing, and what to do about it.' })
  message!: string;

  @Field(() => Int, { description: 'Queued runs that go first, in the order of priority and age.' })
  ahead!: number;
}
