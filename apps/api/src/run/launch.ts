import type { ProjectRow, RunRow } from '@thaw/db';
import { findDatasetVersions } from '@thaw/db/queries/dataset/find-dataset-versions';
import { findDatasetsById } from '@thaw/db/queries/dataset/find-datasets-by-id';
import { ensureProject } from '@thaw/db/queries/project/ensure-project';
import { insertRun } from '@thaw/db/queries/run/insert-run';
import { startFetch } from '../backbone/start-fetch';
import type { Services } from '../context';
import { userError, type UserError } from '../errors';
import { checkName } from '../names';
import { checkConstraints, toColumns, toConstraints } from './constraints';
import { checkFreezeUpTo } from './check-freeze';
import { checkConfig, checkLabels, distinct, mergeConfig } from './check-run';
import { deletedRun } from './refusals';
import { resolveBackbone, resolveDataset } from './resolve-names';
import type { CloneRunInput, LaunchRunInput } from './run.input';

export type Launched = { run: RunRow | null; userErrors: UserError[] };

/** Every problem of the input at once; a run is made only when there is none. */
export async function launchRun(services: Services, input: LaunchRunInput): Promise<Launched> {
  const config = checkConfig(input.config);
  const dataset = await resolveDataset(services, input.dataset, input.project, input.datasetVersion);
  const backbone = await resolveBackbone(services, input.backbone);
  const userErrors = [
    ...(input.project ? checkName('project', input.project) : []),
    ...checkLabels(input),
    ...checkConstraints(input.constraints),
    ...('userErrors' in dataset ? dataset.userErrors : []),
    ...('userErrors' in backbone ? backbone.userErrors : []),
    ...(config.ok ? ('id' in backbone ? await checkFreezeUpTo(services, config.config, backbone.id) : []) : config.userErrors),
  ];
  if (userErrors.length > 0 || !config.ok || 'userErrors' in dataset || 'userErrors' in backbone) return { run: null, userErrors };

  const projectId = input.project ? (await ensureProject(services.db, input.project)).id : dataset.projectId;
  const run = await insertRun(services.db, {
    projectId,
    name: input.name ?? null,
    prefix: config.config.freeze,
    config: config.config,
    datasetVersionId: dataset.versionId,
    backboneId: backbone.id,
    parentRunId: null,
    tags: distinct(input.tags ?? []),
    notes: input.notes ?? null,
    priority: input.priority ?? 0,
    ...toColumns(input.constraints ?? {}),
    gitCommit: input.gitCommit ?? null,
  });
  // Does nothing when the files are there.
  await startFetch(services, backbone.id);
  return { run, userErrors: [] };
}

/** The origin's config with changes, on its dataset version and backbone unless others are named. */
export async function cloneRun(services: Services, origin: RunRow, originProject: ProjectRow, input: CloneRunInput): Promise<Launched> {
  if (origin.kind === 'EXTERNAL') {
    return { run: null, userErrors: [externalOrigin('id', origin)] };
  }
  if (origin.deletedAt) return { run: null, userErrors: [deletedRun('id', origin)] };
  const config = checkConfig(mergeConfig(origin.config, input.config));
  const dataset = input.dataset ? await resolveDataset(services, input.dataset, originProject.name) : await sameDataset(services, origin);
  const backbone = input.backbone ? await resolveBackbone(services, input.backbone) : { id: origin.backboneId! };
  const userErrors = [
    ...checkLabels(input),
    ...checkConstraints(input.constraints),
    ...('userErrors' in dataset ? dataset.userErrors : []),
    ...('userErrors' in backbone ? backbone.userErrors : []),
    ...(config.ok ? ('id' in backbone ? await checkFreezeUpTo(services, config.config, backbone.id) : []) : config.userErrors),
  ];
  if (userErrors.length > 0 || !config.ok || 'userErrors' in dataset || 'userErrors' in backbone) return { run: null, userErrors };

  const run = await insertRun(services.db, {
    projectId: origin.projectId,
    name: input.name ?? null,
    prefix: config.config.freeze,
    config: config.config,
    datasetVersionId: dataset.versionId,
    backboneId: backbone.id,
    parentRunId: origin.id,
    tags: distinct(input.tags ?? origin.tags),
    notes: input.notes ?? null,
    priority: input.priority ?? origin.priority,
    ...toColumns(input.constraints ?? toConstraints(origin)),
    gitCommit: origin.gitCommit,
  });
  // Does nothing when the files are there.
  await startFetch(services, backbone.id);
  return { run, userErrors: [] };
}

export const externalOrigin = (field: string, { name }: RunRow): UserError =>
  userError(field, 'RUN_EXTERNAL', `Run "${name}" was logged by a script, which a trainer cannot run again. Start the script again, or launch a run with launchRun.`);

/** Of the origin's own version, unless its dataset has been deleted since. */
export async function sameDataset({ db }: Services, { datasetVersionId }: RunRow): Promise<{ versionId: string } | { userErrors: UserError[] }> {
  const version = (await findDatasetVersions(db, [datasetVersionId!])).get(datasetVersionId!)!;
  const dataset = (await findDatasetsById(db, [version.datasetId])).get(version.datasetId)!;
  if (!dataset.deletedAt) return { versionId: version.id };
  return { userErrors: [userError('dataset', 'DATASET_DELETED', `The run's dataset "${dataset.name}" is deleted. Bring it back with restoreDataset or thaw dataset undelete ${dataset.id}, or name another with dataset.`)] };
}
