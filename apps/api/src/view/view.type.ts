import { viewPage } from '@thaw/db';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../enum';
import { UserError } from '../errors';
import { DateTime } from '../scalars';

export const ViewPage = graphqlEnum('ViewPage', viewPage.enumValues, 'A page of the dashboard whose state can be saved.', {
  RUNS: 'The runs table.',
  COMPARE: 'The comparison of runs.',
});
export type ViewPage = keyof typeof ViewPage;

const stateHelp = 'The query string of the page\'s address, without "?"; at most 20,000 characters.';
const defaultHelp = 'What the page opens with when its address says nothing; one of each page and project.';

@ObjectType({ description: 'How a page of a project looked, under a name.' })
export class SavedView {
  @Field(() => ID, { description: 'A UUID.' })
  id!: string;

  @Field(() => ViewPage, { description: 'Of which page.' })
  page!: ViewPage;

  @Field(() => String, { description: 'Unique among the views of its page and project.' })
  name!: string;

  @Field(() => String, { description: stateHelp })
  state!: string;

  @Field(() => Boolean, { description: defaultHelp })
  isDefault!: boolean;

  @Field(() => DateTime, { description: 'When it was saved first.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it was changed last.' })
  updatedAt!: Date;
}

@InputType({ description: 'A new view.' })
export class CreateSavedViewInput {
  @Field(() => String, { description: 'By name; made when there is none.' })
  project!: string;

  @Field(() => ViewPage, { description: 'Of which page.' })
  page!: ViewPage;

  @Field(() => String, { description: '1 to 200 characters, unique among the views of its page and project.' })
  name!: string;

  @Field(() => String, { description: stateHelp })
  state!: string;

  @Field(() => Boolean, { defaultValue: false, description: defaultHelp })
  isDefault!: boolean;
}

@InputType({ description: 'Changes of a view; what is left out stays.' })
export class UpdateSavedViewInput {
  @Field(() => ID, { description: 'Of the view.' })
  id!: string;

  @Field(() => String, { nullable: true, description: '1 to 200 characters.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: stateHelp })
  state?: string | null;

  @Field(() => Boolean, { nullable: true, description: defaultHelp })
  isDefault?: boolean | null;
}

@ObjectType({ description: 'What became of a view.' })
export class SavedViewPayload {
  @Field(() => SavedView, { nullable: true, description: 'As it stands now; null when nothing was done.' })
  view!: unknown;

  @Field(() => [UserError], { description: 'Why nothing was done; empty when it was.' })
  userErrors!: UserError[];
}
