import type { RunRow } from '@thaw/db';
import type { RestoredDataset } from '@thaw/db/queries/deletion/restore-dataset';
import type { RestoredProject } from '@thaw/db/queries/deletion/restore-project';
import type { RestoredRuns } from '@thaw/db/queries/deletion/restore-runs';
import { userError, type UserError } from '../errors';

const mostIds = 10_000;
/** Named in one message; the rest are counted. */
const mostNamed = 5;

export function checkIds(ids: readonly string[]): UserError[] {
  if (ids.length > 0 && ids.length <= mostIds) return [];
  return [userError('ids', 'WRONG_NUMBER_OF_IDS', `ids has ${ids.length} ids. Give 1 to ${mostIds} at once.`)];
}

const fieldOf = (ids: readonly string[], id: string) => `ids.${ids.findIndex((each) => each.toLowerCase() === id.toLowerCase())}`;

export const unknownRunAt = (ids: readonly string[], id: string) =>
  userError(fieldOf(ids, id), 'RUN_UNKNOWN', `There is no run ${id}: it never was, or it has been removed for good. List runs with the runs query or thaw runs.`);

export const runTraining = (ids: readonly string[], { id, name, cancelRequestedAt }: RunRow) =>
  userError(fieldOf(ids, id), 'RUN_TRAINING', cancelRequestedAt
    ? `A trainer is about to stop run "${name}". Delete it in a few seconds.`
    : `A trainer is at work on run "${name}". Cancel it first, with cancelRun or thaw cancel ${id}; it can be deleted a few seconds later.`);

export const runInDeletedProject = (ids: readonly string[], { run, project }: Extract<RestoredRuns, { ok: false }>['inDeletedProject'][number]) =>
  userError(fieldOf(ids, run.id), 'PROJECT_DELETED', `Run "${run.name}" belongs to project "${project.name}", which is deleted. Restore that first, with restoreProject or thaw project undelete ${project.id}.`);

export const unknownDataset = (id: string) => userError('id', 'DATASET_UNKNOWN', `There is no dataset ${id}: it never was, or it has been removed for good. List datasets with the datasets query or thaw dataset list.`);

export const datasetInUse = (runs: readonly RunRow[]) =>
  userError('id', 'DATASET_IN_USE', `${countRuns(runs)} on it ${runs.length === 1 ? 'waits or is' : 'wait or are'} with a trainer: ${named(runs)}. Cancel ${runs.length === 1 ? 'it' : 'them'} first, or let ${runs.length === 1 ? 'it' : 'them'} end.`);

export function refuseDataset({ reason, dataset, project }: Extract<RestoredDataset, { dataset: unknown; ok: false }>, name?: string | null): UserError {
  switch (reason) {
    case 'DATASET_REMOVED':
      return userError('id', reason, `The pictures of dataset "${dataset.name}" have been removed for good; only its name is kept, for the runs that used it. Import it again.`);
    case 'PROJECT_DELETED':
      return userError('id', reason, `Dataset "${dataset.name}" belongs to project "${project}", which is deleted. Restore that first, with restoreProject or thaw project undelete ${dataset.projectId}.`);
    case 'NAME_TAKEN':
      return userError('name', reason, `Project "${project}" has another dataset "${name ?? dataset.name}" by now. Give a name that is free (name, or --name), or delete the other one first.`);
  }
}

export const unknownProject = (id: string) => userError('id', 'PROJECT_UNKNOWN', `There is no project ${id}: it never was, or it has been removed for good. List projects with the projects query.`);

export const projectInUse = (runs: readonly RunRow[]) =>
  userError('id', 'RUNS_ACTIVE', `${countRuns(runs)} ${runs.length === 1 ? 'needs' : 'need'} it now, with a trainer or on a dataset of it: ${named(runs)}. Cancel ${runs.length === 1 ? 'it' : 'them'} first, or let ${runs.length === 1 ? 'it' : 'them'} end.`);

export function refuseProject({ reason, project }: Extract<RestoredProject, { project: unknown; ok: false }>, name?: string | null): UserError {
  switch (reason) {
    case 'PROJECT_REMOVED':
      return userError('id', reason, `Project "${project.name}" has been removed for good; only its name is kept, for runs of other projects that used its datasets.`);
    case 'NAME_TAKEN':
      return userError('name', reason, `There is another project "${name ?? project.name}" by now. Give a name that is free (name, or --name), or delete the other one first.`);
  }
}

const countRuns = (runs: readonly RunRow[]) => (runs.length === 1 ? 'A run' : `${runs.length} runs`);
const named = (runs: readonly RunRow[]) => `${runs.slice(0, mostNamed).map(({ name, id }) => `"${name}" (${id})`).join(', ')}${runs.length > mostNamed ? ` and ${runs.length - mostNamed} more` : ''}`;
