import type { DatasetRow, DatasetVersionRow, ProjectRow } from '@thaw/db';
import { findDatasets } from '@thaw/db/queries/dataset/find-datasets';
import { findVersionsOfDatasets } from '@thaw/db/queries/dataset/find-versions-of-datasets';
import { countDatasets, listDatasets } from '@thaw/db/queries/dataset/list-datasets';
import { findProjects } from '@thaw/db/queries/project/find-projects';
import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { checkFirst, decodeCursor, encodeCursor, type Page, toPage } from '../connection';
import { type Context, loadExisting } from '../context';
import { badInput } from '../errors';
import { Project } from '../project/project.type';
import { createVersion } from './create-version';
import { CreateDatasetInput, CreateDatasetPayload, CreateDatasetVersionInput } from './dataset.input';
import { Dataset, DatasetConnection, DatasetVersion } from './dataset.type';
import { versionResolvers } from './dataset-version.resolver';
import { importDataset, type ImportedDataset } from './import-dataset';

export const defaultProject = 'default';

@Resolver(() => Dataset)
class DatasetResolver {
  @Query(() => DatasetConnection, { description: 'Newest first.' })
  async datasets(
    @Ctx() { db }: Context,
    @Arg('project', () => String, { nullable: true, description: 'By name; default: every project.' }) project: string | undefined,
    @Arg('first', () => Int, { defaultValue: 100, description: 'How many, 1 to 1000.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'endCursor of the page before.' }) after?: string,
    @Arg('deleted', () => Boolean, { defaultValue: false, description: 'The deleted ones instead.' }) deleted = false,
  ): Promise<Page<DatasetRow>> {
    const rows = await listDatasets(db, { projectName: project, deleted, first: checkFirst(first), after: after ? String(decodeCursor(after)[0]) : undefined });
    return toPage(rows, first, ({ id }) => encodeCursor([id]), () => countDatasets(db, project, deleted));
  }

  @Query(() => Dataset, { nullable: true, description: 'The project may be left out when only one has a dataset of that name.' })
  async dataset(@Ctx() { db }: Context, @Arg('name', () => String, { description: 'Unique within its project.' }) name: string, @Arg('project', () => String, { nullable: true, description: 'By name.' }) project?: string): Promise<DatasetRow | null> {
    const [found, ...others] = await findDatasets(db, name, project);
    if (others.length === 0) return found?.dataset ?? null;
    throw badInput(`Several projects have a dataset "${name}": ${[found!, ...others].map((each) => each.project).join(', ')}. Say which with project.`);
  }

  @Mutation(() => CreateDatasetPayload, { description: 'Imports pictures whole or not at all: every picture is decoded, turned upright and stored anew.' })
  async createDataset(@Ctx() context: Context, @Arg('input', () => CreateDatasetInput, { description: 'What to import.' }) input: CreateDatasetInput): Promise<CreateDatasetPayload> {
    return asPayload(await importDataset(context, { ...input, project: input.project ?? defaultProject, valFraction: input.valFraction ?? 0.2, seed: input.seed ?? 1 }));
  }

  @Mutation(() => CreateDatasetPayload, { description: 'Add, replace, remove, relabel or move pictures: the next version of a dataset, made at once or not at all.' })
  async createDatasetVersion(@Ctx() context: Context, @Arg('input', () => CreateDatasetVersionInput, { description: 'What to change.' }) input: CreateDatasetVersionInput): Promise<CreateDatasetPayload> {
    return asPayload(await createVersion(context, { ...input, remove: input.remove ?? [], relabel: input.relabel ?? [], newClasses: input.newClasses ?? [] }));
  }

  @FieldResolver(() => Project, { description: 'Where it belongs.' })
  project(@Root() dataset: DatasetRow, @Ctx() context: Context): Promise<ProjectRow> {
    return loadExisting(context, findProjects, dataset.projectId);
  }

  @FieldResolver(() => DatasetVersion, { description: 'What a run trains on unless it names a version.' })
  async latestVersion(@Root() dataset: DatasetRow, @Ctx() context: Context): Promise<DatasetVersionRow> {
    const [latest] = await loadExisting(context, findVersionsOfDatasets, dataset.id);
    return latest!;
  }

  @FieldResolver(() => DatasetVersion, { nullable: true, description: 'By number, from 1; null when there is none of that number.' })
  async version(@Root() dataset: DatasetRow, @Ctx() context: Context, @Arg('version', () => Int, { description: 'Its number, from 1.' }) version: number): Promise<DatasetVersionRow | null> {
    const versions = await loadExisting(context, findVersionsOfDatasets, dataset.id);
    return versions.find((each) => each.version === version) ?? null;
  }

  @FieldResolver(() => [DatasetVersion], { description: 'Newest first.' })
  versions(@Root() dataset: DatasetRow, @Ctx() context: Context): Promise<DatasetVersionRow[]> {
    return loadExisting(context, findVersionsOfDatasets, dataset.id);
  }
}

const asPayload = ({ errors, ...made }: ImportedDataset): CreateDatasetPayload => ({ ...made, userErrors: errors });

export const datasetResolvers = [DatasetResolver, ...versionResolvers] as const;
