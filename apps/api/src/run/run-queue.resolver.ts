import type { RunClaimRow, RunRow } from '@thaw/db';
import { findBackbones } from '@thaw/db/queries/backbone/find-backbones';
import { findDatasetVersions } from '@thaw/db/queries/dataset/find-dataset-versions';
import { findDatasetsById } from '@thaw/db/queries/dataset/find-datasets-by-id';
import { findProjects } from '@thaw/db/queries/project/find-projects';
import { countAhead } from '@thaw/db/queries/run/count-ahead';
import { findClaimsOfRuns } from '@thaw/db/queries/trainer/list-claims';
import { listQueueTrainers } from '@thaw/db/queries/trainer/list-queue-trainers';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { type BatchQuery, type Context, loadExisting } from '../context';
import { RunConstraints, toConstraints } from './constraints';
import { reproduceCommand } from './reproduce-command';
import { RunClaim } from './run-claim.type';
import { Run } from './run.type';
import { explainWaiting } from './waiting';
import { RunWaiting } from './waiting.type';

/** One look at the trainers answers every run of a request. */
const trainersOnce: BatchQuery<'all', Awaited<ReturnType<typeof listQueueTrainers>>> = async (db) => new Map([['all', await listQueueTrainers(db)]]);

/** What the queue knows of a run. */
@Resolver(() => Run)
export class RunQueueResolver {
  @FieldResolver(() => RunConstraints, { description: 'Which trainers may take it.' })
  constraints(@Root() run: RunRow): RunConstraints {
    return toConstraints(run);
  }

  @FieldResolver(() => RunWaiting, { nullable: true, description: 'Why it waits; null unless it is QUEUED.' })
  async waiting(@Root() run: RunRow, @Ctx() context: Context): Promise<RunWaiting | null> {
    if (run.status !== 'QUEUED' || run.deletedAt) return null;
    const [ahead, trainers, backbone] = await Promise.all([context.load(countAhead, run.id), loadExisting(context, trainersOnce, 'all'), loadExisting(context, findBackbones, run.backboneId!)]);
    // Claimed since the run was read.
    if (ahead === undefined) return null;
    return { ...explainWaiting(run, backbone, trainers), ahead };
  }

  @FieldResolver(() => [RunClaim], { description: 'Which trainers had it and how that ended, the newest first. Empty for external runs.' })
  claims(@Root() run: RunRow, @Ctx() context: Context): Promise<RunClaimRow[]> {
    return loadExisting(context, findClaimsOfRuns, run.id);
  }

  @FieldResolver(() => String, { nullable: true, description: 'A command that queues the same run again, quoted for a shell: dataset version, backbone, seed, every hyperparameter that is no default, constraints. null for external runs.' })
  async reproduceCommand(@Root() run: RunRow, @Ctx() context: Context): Promise<string | null> {
    if (run.kind !== 'MANAGED') return null;
    const [project, version, backbone] = await Promise.all([loadExisting(context, findProjects, run.projectId), loadExisting(context, findDatasetVersions, run.datasetVersionId!), loadExisting(context, findBackbones, run.backboneId!)]);
    const dataset = await loadExisting(context, findDatasetsById, version.datasetId);
    return reproduceCommand({ run, project: project.name, dataset: dataset.name, datasetVersion: version.version, backbone: backbone.name });
  }
}
