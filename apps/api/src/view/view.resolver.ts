import type { SavedViewRow } from '@thaw/db';
import { ensureProject } from '@thaw/db/queries/project/ensure-project';
import { insertView, mostViews } from '@thaw/db/queries/view/insert-view';
import { listViews } from '@thaw/db/queries/view/list-views';
import { updateView } from '@thaw/db/queries/view/update-view';
import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Context } from '../context';
import { userError, type UserError } from '../errors';
import { checkName } from '../names';
import { CreateSavedViewInput, SavedView, SavedViewPayload, UpdateSavedViewInput, ViewPage } from './view.type';

const longestState = 20_000;

@Resolver(() => SavedView)
class ViewResolver {
  @Query(() => [SavedView], { description: 'Of one page of a project, by name.' })
  savedViews(
    @Ctx() { db }: Context,
    @Arg('project', () => String, { description: 'By name.' }) project: string,
    @Arg('page', () => ViewPage, { description: 'Of which page.' }) page: ViewPage,
  ): Promise<SavedViewRow[]> {
    return listViews(db, project, page);
  }

  @Mutation(() => SavedViewPayload, { description: 'Keeps the state of a page under a name.' })
  async createSavedView(@Ctx() { db }: Context, @Arg('input', () => CreateSavedViewInput, { description: 'Name and state.' }) input: CreateSavedViewInput): Promise<SavedViewPayload> {
    const { project: projectName, page, name, state, isDefault } = input;
    const problems = [...checkName('project', projectName), ...checkName('name', name), ...checkState(state)];
    if (problems.length > 0) return refuse(...problems);
    const project = await ensureProject(db, projectName);
    const view = await insertView(db, { projectId: project.id, page, name, state, isDefault });
    if (view === 'NAME_TAKEN') return refuse(nameTaken(name));
    if (view === 'TOO_MANY_VIEWS') return refuse(userError('project', view, `Project "${projectName}" has ${mostViews} views of this page, which is all it may have. Delete one first.`));
    return { view, userErrors: [] };
  }

  @Mutation(() => SavedViewPayload, { description: 'Gives a view another name or state, or makes it the default.' })
  async updateSavedView(@Ctx() { db }: Context, @Arg('input', () => UpdateSavedViewInput, { description: 'The view and its changes.' }) { id, name, state, isDefault }: UpdateSavedViewInput): Promise<SavedViewPayload> {
    const problems = [...(name ? checkName('name', name) : []), ...(state ? checkState(state) : [])];
    if (problems.length > 0) return refuse(...problems);
    return toPayload(await updateView(db, id, { name: name ?? undefined, state: state ?? undefined, isDefault: isDefault ?? undefined }), id, name);
  }

  @Mutation(() => SavedViewPayload, { description: 'Puts a view out of sight; restoreSavedView brings it back until collectGarbage removes it for good.' })
  async deleteSavedView(@Ctx() { db }: Context, @Arg('id', () => ID, { description: 'Of the view.' }) id: string): Promise<SavedViewPayload> {
    return toPayload(await updateView(db, id, { deleted: true }), id);
  }

  @Mutation(() => SavedViewPayload, { description: 'Brings a deleted view back; if it was the default, it is again.' })
  async restoreSavedView(@Ctx() { db }: Context, @Arg('id', () => ID, { description: 'Of the view.' }) id: string): Promise<SavedViewPayload> {
    return toPayload(await updateView(db, id, { deleted: false }), id);
  }
}

const refuse = (...userErrors: UserError[]): SavedViewPayload => ({ view: null, userErrors });

const nameTaken = (name?: string | null) => userError('name', 'NAME_TAKEN', `There is another view ${name ? `"${name}"` : 'of that name'} of this page. Choose another name, or change that view.`);

function toPayload(view: SavedViewRow | 'VIEW_UNKNOWN' | 'NAME_TAKEN', id: string, name?: string | null): SavedViewPayload {
  if (view === 'VIEW_UNKNOWN') return refuse(userError('id', view, `There is no view ${id}, or it is deleted. List them with the savedViews query.`));
  return view === 'NAME_TAKEN' ? refuse(nameTaken(name)) : { view, userErrors: [] };
}

function checkState(state: string): UserError[] {
  if (state.length <= longestState && !/[\0?#\s]/.test(state)) return [];
  return [userError('state', 'INVALID_STATE', `state has ${state.length} characters. It must be a query string of at most ${longestState}, without "?", "#" and spaces.`)];
}

export const viewResolvers = [ViewResolver] as const;
