import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { UserError } from '../errors';
import { DateTime } from '../scalars';
import { LogStream } from './log.type';

@InputType({ description: 'One line of console output.' })
export class LogLineInput {
  @Field(() => Int, { description: 'Its number, counted by the writer from 0 (a trainer: from 0 of each claim). A number stored already keeps its line, so that sending again is harmless.' })
  line!: number;

  @Field(() => LogStream, { defaultValue: 'STDOUT', description: 'Where it was printed.' })
  stream!: LogStream;

  @Field(() => DateTime, { nullable: true, description: 'When it was printed; default: now.' })
  at?: Date | null;

  @Field(() => String, { description: 'Without its line break. Colours (escape sequences) are kept; what is beyond 64 KiB is cut, with a mark.' })
  text!: string;
}

@InputType({ description: 'Lines of one run\'s console output.' })
export class AppendLogInput {
  @Field(() => ID, { description: 'A run that is RUNNING.' })
  runId!: string;

  @Field(() => String, { nullable: true, description: 'As claimRun gave it; needed for runs that a trainer runs, left out for external ones.' })
  leaseToken?: string | null;

  @Field(() => [LogLineInput], { description: 'At most 10,000, in any order.' })
  lines!: LogLineInput[];
}

@ObjectType({ description: 'What became of the lines.' })
export class AppendLogPayload {
  @Field(() => Int, { description: 'Lines of this call that are stored, also when they were before.' })
  accepted!: number;

  @Field(() => [UserError], { description: 'Why nothing was stored; empty when everything was.' })
  userErrors!: UserError[];
}
