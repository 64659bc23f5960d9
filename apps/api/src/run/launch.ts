import { closestName } from '@thaw/config';
import type { ProjectRow, RunRow } from '@thaw/db';
import { findBackboneByName, listBackbones } from '@thaw/db/queries/backbone/find-backbones';
import { findDatasets } from '@thaw/db/queries/dataset/find-datasets';
import { ensureProject } from '@thaw/db/queries/project/ensure-project';
import { findDatasetVersion } from '@thaw/db/queries/run/find-dataset-version';
import { insertRun } from '@thaw/db/queries/run/insert-run';
import { listDatasetChoices } from '@thaw/db/queries/run/list-dataset-choices';
import { startFetch } from '../backbone/start-fetch';
import type { Services } from '../context';
import { userError, type UserError } from '../errors';
import { checkName } from '../names';
import { checkConfig, checkLabels, distinct, mergeConfig } from './check-run';
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
    ...('userErrors' in dataset ? dataset.userErrors : []),
    ...('userErrors' in backbone ? backbone.userErrors : []),
    ...(config.ok ? [] : config.userErrors),
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
    gitCommit: input.gitCommit ?? null,
  });
  // Does nothing when the files are there.
  await startFetch(services, backbone.id);
  return { run, userErrors: [] };
}

/** The origin's config with changes, on its dataset version and backbone unless others are named. */
export async function cloneRun(services: Services, origin: RunRow, originProject: ProjectRow, input: CloneRunInput): Promise<Launched> {
  const config = checkConfig(mergeConfig(origin.config, input.config));
  const dataset = input.dataset ? await resolveDataset(services, input.dataset, originProject.name) : { versionId: origin.datasetVersionId! };
  const backbone = input.backbone ? await resolveBackbone(services, input.backbone) : { id: origin.backboneId! };
  const userErrors = [
    ...checkLabels(input),
    ...('userErrors' in dataset ? dataset.userErrors : []),
    ...('userErrors' in backbone ? backbone.userErrors : []),
    ...(config.ok ? [] : config.userErrors),
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
    priority: origin.priority,
    gitCommit: origin.gitCommit,
  });
  // Does nothing when the files are there.
  await startFetch(services, backbone.id);
  return { run, userErrors: [] };
}

type Failed = { userErrors: UserError[] };

/** In the project that is named, when it has one of that name; else anywhere, when the name says which. */
async function resolveDataset({ db }: Services, name: string, project?: string | null, version?: number | null): Promise<{ versionId: string; projectId: string } | Failed> {
  const inProject = project ? await findDatasets(db, name, project) : [];
  const found = inProject.length > 0 ? inProject : await findDatasets(db, name);
  const [only, another] = found;
  if (!only) {
    const choices = await listDatasetChoices(db);
    const list = choices.map((choice) => (choice.project === 'default' ? choice.name : `${choice.name} (project ${choice.project})`));
    return { userErrors: [userError('dataset', 'DATASET_UNKNOWN', unknown('dataset', name, choices.map((choice) => choice.name), list, 'Import one first: thaw dataset import DIR --name NAME.'))] };
  }
  if (another) {
    const projects = found.map((each) => each.project).join(', ');
    return { userErrors: [userError('project', 'DATASET_AMBIGUOUS', `Several projects have a dataset "${name}": ${projects}. Say which project is meant.`)] };
  }
  const row = await findDatasetVersion(db, only.dataset.id, version);
  if (row) return { versionId: row.id, projectId: only.dataset.projectId };
  const latest = await findDatasetVersion(db, only.dataset.id);
  return { userErrors: [userError('datasetVersion', 'DATASET_VERSION_UNKNOWN', `Dataset "${name}" has no version ${version}; its latest is ${latest?.version}.`)] };
}

async function resolveBackbone({ db }: Services, name: string): Promise<{ id: string } | Failed> {
  const backbone = await findBackboneByName(db, name);
  if (backbone) return backbone;
  const choices = (await listBackbones(db)).map((each) => each.name);
  return { userErrors: [userError('backbone', 'BACKBONE_UNKNOWN', unknown('backbone', name, choices, choices, 'Import one first: thaw backbone import DIR --name NAME.'))] };
}

function unknown(what: string, name: string, names: string[], list: string[], none: string): string {
  const near = closestName(name, names);
  return `There is no ${what} "${name}". ${list.length === 0 ? none : near ? `Did you mean "${near}"? All of them: ${list.join(', ')}.` : `These exist: ${list.join(', ')}.`}`;
}
