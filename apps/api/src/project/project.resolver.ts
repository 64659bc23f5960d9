import type { ProjectRow } from '@thaw/db';
import { countDatasetsOfProjects, countRunsOfProjects } from '@thaw/db/queries/project/count-in-projects';
import { findProjectByName } from '@thaw/db/queries/project/find-project-by-name';
import { insertProject } from '@thaw/db/queries/project/insert-project';
import { countProjects, listProjects } from '@thaw/db/queries/project/list-projects';
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { checkFirst, decodeCursor, encodeCursor, type Page, toPage } from '../connection';
import type { Context } from '../context';
import { userError } from '../errors';
import { checkName } from '../names';
import { CreateProjectInput, CreateProjectPayload } from './project.input';
import { Project, ProjectConnection } from './project.type';

@Resolver(() => Project)
class ProjectResolver {
  @Query(() => ProjectConnection, { description: 'By name.' })
  async projects(
    @Ctx() { db }: Context,
    @Arg('first', () => Int, { defaultValue: 100, description: 'How many, 1 to 1000.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'endCursor of the page before.' }) after?: string,
    @Arg('deleted', () => Boolean, { defaultValue: false, description: 'The deleted ones instead.' }) deleted = false,
  ): Promise<Page<ProjectRow>> {
    const rows = await listProjects(db, { first: checkFirst(first), deleted, after: after ? String(decodeCursor(after)[0]) : undefined });
    return toPage(rows, first, ({ name }) => encodeCursor([name]), () => countProjects(db, deleted));
  }

  @Query(() => Project, { nullable: true, description: 'null when there is none of that name.' })
  project(@Ctx() { db }: Context, @Arg('name', () => String, { description: 'Unique.' }) name: string): Promise<ProjectRow | null> {
    return findProjectByName(db, name);
  }

  @Mutation(() => CreateProjectPayload, { description: 'Projects are also made by the first run or dataset that names them.' })
  async createProject(@Ctx() { db }: Context, @Arg('input', () => CreateProjectInput, { description: 'Its name and purpose.' }) input: CreateProjectInput): Promise<CreateProjectPayload> {
    const problems = checkName('name', input.name);
    if (problems.length > 0) return { project: null, userErrors: problems };
    const project = await insertProject(db, { name: input.name, description: input.description ?? null });
    if (project) return { project, userErrors: [] };
    return { project: null, userErrors: [userError('name', 'NAME_TAKEN', `There is a project "${input.name}" already. Choose another name, or use that project.`)] };
  }

  @FieldResolver(() => Int, { description: 'Runs in it, the deleted ones left out.' })
  async runCount(@Root() project: ProjectRow, @Ctx() context: Context): Promise<number> {
    return (await context.load(countRunsOfProjects, project.id)) ?? 0;
  }

  @FieldResolver(() => Int, { description: 'Datasets in it, the deleted ones left out.' })
  async datasetCount(@Root() project: ProjectRow, @Ctx() context: Context): Promise<number> {
    return (await context.load(countDatasetsOfProjects, project.id)) ?? 0;
  }
}

export const projectResolvers = [ProjectResolver] as const;
