import { claimOutcome } from '@thaw/db';
import { Field, Int, ObjectType } from 'type-graphql';
import { connectionType } from '../connection';
import { graphqlEnum } from '../enum';
import { DateTime } from '../scalars';

export const ClaimOutcome = graphqlEnum('ClaimOutcome', claimOutcome.enumValues, 'How the time of a trainer with a run ended.', {
  SETTLED: 'The run ended by itself, as FINISHED or FAILED.',
  RELEASED: 'The trainer handed it back, unharmed.',
  PAUSED: 'Handed back because somebody paused the run.',
  EXPIRED: 'The trainer fell silent.',
  CRASHED: 'The process that executed the run died.',
  CANCELLED: 'Somebody cancelled the run.',
});

@ObjectType({ description: 'The time from when a trainer took a run until it no longer had it. Claims of one run never overlap.' })
export class RunClaim {
  @Field(() => Int, { description: 'Of this run, from 1.' })
  number!: number;

  @Field(() => Int, { description: 'Run.attempt at that time.' })
  attempt!: number;

  @Field(() => DateTime, { description: 'When the trainer took it.' })
  startedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'When it no longer had it; null while it does.' })
  endedAt!: Date | null;

  @Field(() => ClaimOutcome, { nullable: true, description: 'How it ended; null while it goes on.' })
  outcome!: keyof typeof ClaimOutcome | null;

  @Field(() => String, { nullable: true, description: 'What happened, where there is more to say.' })
  reason!: string | null;
}

@ObjectType({ description: 'A page of claims.' })
export class RunClaimConnection extends connectionType(RunClaim, 'RunClaim') {}
