import { logStream } from '@thaw/db';
import { Field, Int, ObjectType } from 'type-graphql';
import { connectionType } from '../connection';
import { graphqlEnum } from '../enum';
import { DateTime } from '../scalars';

export const LogStream = graphqlEnum('LogStream', logStream.enumValues, 'Where a line was printed.', {
  STDOUT: 'Standard output.',
  STDERR: 'Standard error.',
});
export type LogStream = keyof typeof LogStream;

@ObjectType({ description: 'One line of a run\'s console output.' })
export class LogLine {
  @Field(() => Int, { description: 'Which claim of the run printed it, from 1; 0 for external runs. Lines are counted from 0 in each.' })
  claim!: number;

  @Field(() => Int, { description: 'Its number within the claim, from 0.' })
  line!: number;

  @Field(() => LogStream, { description: 'Where it was printed.' })
  stream!: LogStream;

  @Field(() => DateTime, { description: 'When it was printed.' })
  at!: Date;

  @Field(() => String, { description: 'Without its line break; colours (escape sequences) kept.' })
  text!: string;
}

@ObjectType({ description: 'A page of console output.' })
export class LogLineConnection extends connectionType(LogLine, 'LogLine') {
  @Field(() => String, { description: 'Give it to runLog as `after` to follow what arrives after this page was read.' })
  followCursor!: string;
}
