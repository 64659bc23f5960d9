import { closestName } from '@thaw/config';
import { findBackboneByName, listBackbones } from '@thaw/db/queries/backbone/find-backbones';
import { findDatasets } from '@thaw/db/queries/dataset/find-datasets';
import { findDatasetVersion } from '@thaw/db/queries/run/find-dataset-version';
import { listDatasetChoices } from '@thaw/db/queries/run/list-dataset-choices';
import type { Services } from '../context';
import { userError, type UserError } from '../errors';

type Failed = { userErrors: UserError[] };

/** In the project that is named, when it has one of that name; else anywhere, when the name says which. */
export async function resolveDataset({ db }: Pick<Services, 'db'>, name: string, project?: string | null, version?: number | null): Promise<{ versionId: string; projectId: string } | Failed> {
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

export async function resolveBackbone({ db }: Pick<Services, 'db'>, name: string): Promise<{ id: string } | Failed> {
  const backbone = await findBackboneByName(db, name);
  if (backbone) return backbone;
  const choices = (await listBackbones(db)).map((each) => each.name);
  return { userErrors: [userError('backbone', 'BACKBONE_UNKNOWN', unknown('backbone', name, choices, choices, 'Import one first: thaw backbone import DIR --name NAME.'))] };
}

function unknown(what: string, name: string, names: string[], list: string[], none: string): string {
  const near = closestName(name, names);
  return `There is no ${what} "${name}". ${list.length === 0 ? none : near ? `Did you mean "${near}"? All of them: ${list.join(', ')}.` : `These exist: ${list.join(', ')}.`}`;
}
