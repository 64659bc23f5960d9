import type { RunRow } from '@thaw/db';
import { deleteDataset } from '@thaw/db/queries/deletion/delete-dataset';
import { deleteProject } from '@thaw/db/queries/deletion/delete-project';
import { deleteRuns } from '@thaw/db/queries/deletion/delete-runs';
import { restoreDataset } from '@thaw/db/queries/deletion/restore-dataset';
import { restoreProject } from '@thaw/db/queries/deletion/restore-project';
import { restoreRuns } from '@thaw/db/queries/deletion/restore-runs';
import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../context';
import { checkName } from '../names';
import { DatasetPayload, ProjectPayload, RunsPayload } from './deletion.type';
import { checkIds, datasetInUse, projectInUse, refuseDataset, refuseProject, runInDeletedProject, runTraining, unknownDataset, unknownProject, unknownRunAt } from './refusals';

const idOf = 'Also of a deleted one.';
const newName = 'The name it comes back under, when another has taken its own.';

@Resolver()
class DeletionResolver {
  @Mutation(() => RunsPayload, {
    description: 'Puts runs out of sight: no list, count or trainer sees them, and nothing can be logged to them any more. restoreRuns brings them back until collectGarbage removes them for good. A waiting run waits on once it is restored; one that a trainer is at work on must be cancelled first. At most 10,000 at once, all or none.',
  })
  async deleteRuns(@Ctx() { db }: Context, @Arg('ids', () => [ID], { description: '1 to 10,000.' }) ids: string[]): Promise<RunsPayload> {
    const problems = checkIds(ids);
    if (problems.length > 0) return { runs: [], userErrors: problems };
    const deleted = await deleteRuns(db, ids);
    if (deleted.ok) return { runs: inOrder(ids, deleted.runs), userErrors: [] };
    return { runs: [], userErrors: [...deleted.unknown.map((id) => unknownRunAt(ids, id)), ...deleted.training.map((run) => runTraining(ids, run))] };
  }

  @Mutation(() => RunsPayload, { description: 'Brings deleted runs back as they were. At most 10,000 at once, all or none.' })
  async restoreRuns(@Ctx() { db }: Context, @Arg('ids', () => [ID], { description: '1 to 10,000.' }) ids: string[]): Promise<RunsPayload> {
    const problems = checkIds(ids);
    if (problems.length > 0) return { runs: [], userErrors: problems };
    const restored = await restoreRuns(db, ids);
    if (restored.ok) return { runs: inOrder(ids, restored.runs), userErrors: [] };
    return { runs: [], userErrors: [...restored.unknown.map((id) => unknownRunAt(ids, id)), ...restored.inDeletedProject.map((found) => runInDeletedProject(ids, found))] };
  }

  @Mutation(() => DatasetPayload, {
    description: 'Puts a dataset out of sight: no list shows it and no new run can use it. Its runs stay and still name it. restoreDataset brings it back until collectGarbage removes its pictures for good.',
  })
  async deleteDataset(@Ctx() { db }: Context, @Arg('id', () => ID, { description: 'Of the dataset.' }) id: string): Promise<DatasetPayload> {
    const deleted = await deleteDataset(db, id);
    if (deleted.ok) return { dataset: deleted.dataset, userErrors: [] };
    return { dataset: null, userErrors: [deleted.reason === 'DATASET_UNKNOWN' ? unknownDataset(id) : datasetInUse(deleted.runs)] };
  }

  @Mutation(() => DatasetPayload, { description: 'Brings a deleted dataset back with all its versions.' })
  async restoreDataset(
    @Ctx() { db }: Context,
    @Arg('id', () => ID, { description: idOf }) id: string,
    @Arg('name', () => String, { nullable: true, description: newName }) name?: string | null,
  ): Promise<DatasetPayload> {
    const problems = name ? checkName('name', name) : [];
    if (problems.length > 0) return { dataset: null, userErrors: problems };
    const restored = await restoreDataset(db, id, name);
    if (restored.ok) return { dataset: restored.dataset, userErrors: [] };
    return { dataset: null, userErrors: [restored.reason === 'DATASET_UNKNOWN' ? unknownDataset(id) : refuseDataset(restored, name)] };
  }

  @Mutation(() => ProjectPayload, { description: 'Puts a project out of sight, with all its runs and datasets. restoreProject brings them back together, until collectGarbage removes them for good. Its name is free at once.' })
  async deleteProject(@Ctx() { db }: Context, @Arg('id', () => ID, { description: 'Of the project.' }) id: string): Promise<ProjectPayload> {
    const deleted = await deleteProject(db, id);
    if (deleted.ok) return { project: deleted.project, userErrors: [] };
    return { project: null, userErrors: [deleted.reason === 'PROJECT_UNKNOWN' ? unknownProject(id) : projectInUse(deleted.runs)] };
  }

  @Mutation(() => ProjectPayload, { description: 'Brings a deleted project back, with the runs and datasets that were deleted with it; what had been deleted before stays deleted.' })
  async restoreProject(
    @Ctx() { db }: Context,
    @Arg('id', () => ID, { description: idOf }) id: string,
    @Arg('name', () => String, { nullable: true, description: newName }) name?: string | null,
  ): Promise<ProjectPayload> {
    const problems = name ? checkName('name', name) : [];
    if (problems.length > 0) return { project: null, userErrors: problems };
    const restored = await restoreProject(db, id, name);
    if (restored.ok) return { project: restored.project, userErrors: [] };
    return { project: null, userErrors: [restored.reason === 'PROJECT_UNKNOWN' ? unknownProject(id) : refuseProject(restored, name)] };
  }
}

function inOrder(ids: readonly string[], runs: readonly RunRow[]): RunRow[] {
  const byId = new Map(runs.map((run) => [run.id, run]));
  return [...new Set(ids.map((id) => id.toLowerCase()))].map((id) => byId.get(id)!);
}

export const deletionResolvers = [DeletionResolver] as const;
