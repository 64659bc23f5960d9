import { Field, ID, Int, ObjectType } from 'type-graphql';
import { connectionType } from '../connection';
import { DateTime } from '../scalars';

@ObjectType({ description: 'A text about runs: Markdown whose ```thaw blocks are shown as charts, tables and pictures that stay up to date. docs/reports.md describes them.' })
export class Report {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => String, { description: 'Its heading; need not be unique.' })
  title!: string;

  @Field(() => Int, { description: 'One more with every change of title or body. Give it as expectedVersion when you write.' })
  version!: number;

  @Field(() => DateTime, { description: 'When it was made.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When title or body was last changed.' })
  updatedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Set while it is deleted: restoreReport brings it back until gc has run.' })
  deletedAt!: Date | null;
}

@ObjectType({ description: 'A page of reports.' })
export class ReportConnection extends connectionType(Report, 'Report') {}

@ObjectType({ description: 'What a report said before. Of each five minutes of typing the text before them is kept, and every text that restoreReportVersion or keepBefore wrote over; the newest 50.' })
export class ReportVersion {
  @Field(() => Int, { description: 'Its version then.' })
  version!: number;

  @Field(() => String, { description: 'Its title then.' })
  title!: string;

  @Field(() => DateTime, { description: 'When it was written.' })
  savedAt!: Date;

  @Field(() => DateTime, { description: 'When it was written over.' })
  replacedAt!: Date;
}
