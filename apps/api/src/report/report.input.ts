import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { UserError } from '../errors';
import { Report } from './report.type';

const bodyHelp = 'Markdown, at most 256 KiB in UTF-8.';
const expected = 'The version that was read and changed. When the report has another by now, nothing is written and current says what is stored, with the userError CONFLICT.';

@InputType({ description: 'A new report.' })
export class CreateReportInput {
  @Field(() => String, { description: 'The project, by name; made when there is none of that name.' })
  project!: string;

  @Field(() => String, { description: '1 to 200 characters.' })
  title!: string;

  @Field(() => String, { defaultValue: '', description: bodyHelp })
  body!: string;
}

@InputType({ description: 'Changes of a report; what is left out stays.' })
export class UpdateReportInput {
  @Field(() => ID, { description: 'Of the report.' })
  id!: string;

  @Field(() => Int, { description: expected })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: '1 to 200 characters.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: bodyHelp })
  body?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'The text before goes into the history, even if another went in within the last five minutes.' })
  keepBefore!: boolean;
}

@InputType({ description: 'An earlier text of a report that is to be its text again.' })
export class RestoreReportVersionInput {
  @Field(() => ID, { description: 'Of the report.' })
  id!: string;

  @Field(() => Int, { description: 'Out of its history.' })
  version!: number;

  @Field(() => Int, { description: expected })
  expectedVersion!: number;
}

@ObjectType({ description: 'What became of a report.' })
export class ReportPayload {
  @Field(() => Report, { nullable: true, description: 'null when there are userErrors.' })
  report!: Report | null;

  @Field(() => Report, { nullable: true, description: 'With the userError CONFLICT: the report as it is stored now.' })
  current!: Report | null;

  @Field(() => [UserError], { description: 'Why nothing was done; empty when it was.' })
  userErrors!: UserError[];
}
