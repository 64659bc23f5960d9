import { createHash } from 'node:crypto';
import { expandGrid, type Grid, type GridRun, mostRuns, nameOfRun } from '@thaw/config';
import { isId, type RunRow } from '@thaw/db';
import { findProjects } from '@thaw/db/queries/project/find-projects';
import { ensureProject } from '@thaw/db/queries/project/ensure-project';
import { findRuns } from '@thaw/db/queries/run/find-runs';
import { insertRuns } from '@thaw/db/queries/run/insert-run';
import stableStringify from 'safe-stable-stringify';
import { uuidv7 } from 'uuidv7';
import { startFetch } from '../backbone/start-fetch';
import type { Services } from '../context';
import { userError, type UserError } from '../errors';
import { checkName } from '../names';
import { checkFreezeUpTo } from './check-freeze';
import { checkLabels, distinct, mergeConfig } from './check-run';
import { checkConstraints, toColumns, toConstraints } from './constraints';
import { externalOrigin, sameDataset } from './launch';
import type { LaunchRunsInput } from './launch-runs.input';
import { deletedRun, unknownRun } from './refusals';
import { resolveBackbone, resolveDataset } from './resolve-names';

export interface LaunchedRuns { runs: RunRow[]; userErrors: UserError[] }

/** Every problem of the input at once; runs are made only when there is none, and then all of them, once for each requestId. */
export async function launchRuns(services: Services, input: LaunchRunsInput): Promise<LaunchedRuns> {
  if (!isId(input.requestId)) return refusedFor(userError('requestId', 'INVALID_ID', `requestId is ${JSON.stringify(input.requestId.slice(0, 80))}. It must be a UUID that you make for this launch, such as ${uuidv7()}.`));
  const contentDigest = createHash('sha256').update(stableStringify({ ...input, requestId: input.requestId.toLowerCase() })!).digest('base64url');
  // Before anything is checked: what has been launched stays launched, whatever became of its dataset since.
  const before = await launchedBefore(services, input.requestId, contentDigest);
  if (before) return before;

  const origin = input.origin ? await findOrigin(services, input.origin) : null;
  if (origin && 'userErrors' in origin) return origin;
  const { runs, ...checked } = checkGrid(origin ? mergeConfig(origin.config, input.config) : input.config, input.grid);
  const place = await resolvePlace(services, input, origin);
  const userErrors = [
    ...(input.project && !origin ? checkName('project', input.project) : []),
    ...checkLabels(input),
    ...checkConstraints(input.constraints),
    ...place.userErrors,
    ...checked.userErrors,
    ...(place.backboneId ? await checkFreezes(services, runs, place.backboneId) : []),
  ];
  if (userErrors.length > 0) return { runs: [], userErrors };

  const projectId = origin ? origin.projectId : input.project ? (await ensureProject(services.db, input.project)).id : place.projectId!;
  const common = {
    projectId, contentDigest,
    datasetVersionId: place.versionId!,
    backboneId: place.backboneId!,
    parentRunId: origin?.id ?? null,
    tags: distinct(input.tags ?? origin?.tags ?? []),
    notes: input.notes ?? null,
    priority: input.priority ?? origin?.priority ?? 0,
    ...toColumns(input.constraints ?? (origin ? toConstraints(origin) : {})),
    gitCommit: input.gitCommit ?? origin?.gitCommit ?? null,
  };
  const rows = await insertRuns(services.db, runs.map(({ config, varied }, index) => ({
    ...common, config,
    id: runId(input.requestId, index),
    name: runs.length > 1 ? nameOfRun(input.name?.trim() ?? '', varied) : (input.name ?? null),
    prefix: config.freeze,
  })));
  if (!rows) return (await launchedBefore(services, input.requestId, contentDigest))!;
  // Does nothing when the files are there.
  await startFetch(services, place.backboneId!);
  return { runs: rows, userErrors: [] };
}

const refusedFor = (...userErrors: UserError[]): LaunchedRuns => ({ runs: [], userErrors });

/** The same for the same request, so that Postgres itself refuses a second set; in the order of the runs. */
export function runId(requestId: string, index: number): string {
  const hash = createHash('sha256').update(requestId.toLowerCase()).digest('hex');
  // The time that a client's UUID v7 begins with, then what tells the requests apart, then the number.
  return `${requestId.slice(0, 8)}-${requestId.slice(9, 13)}-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 14)}${index.toString(16).padStart(4, '0')}`.toLowerCase();
}

/** null: nothing has been launched by this request yet. */
async function launchedBefore({ db }: Services, requestId: string, contentDigest: string): Promise<LaunchedRuns | null> {
  const first = (await findRuns(db, [runId(requestId, 0)])).get(runId(requestId, 0));
  if (!first) return null;
  if (first.contentDigest !== contentDigest) return refusedFor(userError('requestId', 'REQUEST_ID_TAKEN', `Another launch had the requestId ${requestId} and made "${first.name}". Give each launch a UUID of its own.`));
  const ids = Array.from({ length: mostRuns }, (_, index) => runId(requestId, index));
  const found = await findRuns(db, ids);
  return { runs: ids.flatMap((id) => found.get(id) ?? []), userErrors: [] };
}

async function findOrigin({ db }: Services, id: string): Promise<RunRow | LaunchedRuns> {
  const origin = (await findRuns(db, [id])).get(id.toLowerCase());
  if (!origin) return refusedFor(unknownRun('origin', id));
  if (origin.kind === 'EXTERNAL') return refusedFor(externalOrigin('origin', origin));
  return origin.deletedAt ? refusedFor(deletedRun('origin', origin)) : origin;
}

function checkGrid(config: unknown, grid: unknown): { runs: GridRun[]; userErrors: UserError[] } {
  if (grid !== null && grid !== undefined && (typeof grid !== 'object' || Array.isArray(grid))) {
    return { runs: [], userErrors: [userError('grid', 'INVALID_GRID', 'grid must be an object with a list of values for each hyperparameter, such as { "learningRate": [0.001, 0.0003] }.')] };
  }
  const expanded = expandGrid(config, (grid ?? {}) as Grid);
  if (expanded.ok) return { runs: expanded.runs, userErrors: [] };
  const given = new Set(Object.keys((grid ?? {}) as Grid));
  return { runs: [], userErrors: expanded.problems.map(({ name, index, code, message }) => userError([given.has(name) ? 'grid' : name || code !== 'TOO_MANY_RUNS' ? 'config' : 'grid', name, index ?? ''].filter((part) => part !== '').join('.'), code, message)) };
}

interface Place { versionId: string | null; backboneId: string | null; projectId: string | null; userErrors: UserError[] }

async function resolvePlace(services: Services, input: LaunchRunsInput, origin: RunRow | null): Promise<Place> {
  const project = origin ? (await findProjects(services.db, [origin.projectId])).get(origin.projectId)!.name : input.project;
  const dataset: { versionId: string; projectId?: string } | { userErrors: UserError[] } = input.dataset ? await resolveDataset(services, input.dataset, project, input.datasetVersion) : origin ? await sameDataset(services, origin) : needed('dataset', 'DATASET_MISSING', 'Give the dataset to train on, by name.');
  const backbone = input.backbone ? await resolveBackbone(services, input.backbone) : origin ? { id: origin.backboneId! } : needed('backbone', 'BACKBONE_MISSING', 'Give the backbone to start from, by name.');
  return {
    versionId: 'userErrors' in dataset ? null : dataset.versionId,
    projectId: 'userErrors' in dataset ? null : (dataset.projectId ?? null),
    backboneId: 'userErrors' in backbone ? null : backbone.id,
    userErrors: [...('userErrors' in dataset ? dataset.userErrors : []), ...('userErrors' in backbone ? backbone.userErrors : [])],
  };
}

const needed = (field: string, code: string, message: string): { userErrors: UserError[] } => ({ userErrors: [userError(field, code, `${message} Only a clone, which names its origin, may leave it out.`)] });

/** Each block once, however many runs keep it frozen. */
async function checkFreezes(services: Services, runs: readonly GridRun[], backboneId: string): Promise<UserError[]> {
  const blocks = [...new Set(runs.map(({ config }) => config.freezeUpTo))];
  return (await Promise.all(blocks.map((freezeUpTo) => checkFreezeUpTo(services, { freezeUpTo }, backboneId)))).flat();
}
