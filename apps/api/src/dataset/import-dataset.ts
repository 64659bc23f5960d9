import type { Database, DatasetRow, DatasetVersionRow, SkippedFile } from '@thaw/db';
import { countDuplicates } from '@thaw/db/queries/dataset/count-duplicates';
import { insertDataset } from '@thaw/db/queries/dataset/insert-dataset';
import { isDatasetNameTaken } from '@thaw/db/queries/dataset/is-dataset-name-taken';
import type { BlobStore } from '../blob/blob-store';
import { type UserError, userError } from '../errors';
import { checkName } from '../names';
import { asErrors, blobGone, loadPictures, sourceField, type SourceRequest, withSource } from './load-source';
import type { PictureSource } from './picture-source';
import { planImport } from './plan-import';
import { readLayout, withValidation } from './read-layout';
import { versionContent } from './version-content';
import { versionWarnings } from './version-warnings';

export interface DatasetRequest extends SourceRequest {
  name: string;
  project: string;
  valFraction: number;
  seed: number;
}

export type ImportedDataset = { skipped: SkippedFile[]; warnings: string[] } & ({ dataset: DatasetRow; version: DatasetVersionRow; errors: [] } | { dataset: null; version: null; errors: UserError[] });

/** Reads, checks and stores a whole dataset. It becomes visible in one transaction at the end, or not at all. */
export async function importDataset({ db, blobs }: { db: Database; blobs: BlobStore }, request: DatasetRequest): Promise<ImportedDataset> {
  const errors = await requestProblems(db, request);
  if (errors.length > 0) return refused(errors);
  return withSource({ db, blobs }, request, (source) => importFrom(source, db, request), refused);
}

async function importFrom(source: PictureSource, db: Database, request: DatasetRequest): Promise<ImportedDataset> {
  const field = sourceField(request);
  const layout = withValidation(readLayout(source.paths, source.emptyFolders));
  // What the paths alone show is said before hours of decoding.
  const early = planImport(layout, request);
  if (early.problems.length > 0) return refused(asErrors(early.problems, field), layout.skipped);

  const { pictures, unreadable, skipped } = await loadPictures(source, layout);
  const plan = planImport(layout, request, unreadable);
  if (plan.problems.length > 0) return refused(asErrors(plan.problems, field), skipped, plan.warnings);

  const placed = plan.pictures.map(({ source: path, ...planned }) => ({ ...pictures.get(path)!, ...planned }));
  const split = plan.seeded ? { splitSeed: request.seed, valFraction: request.valFraction } : { splitSeed: null, valFraction: null };
  const inserted = await insertDataset(db, { project: request.project, name: request.name, version: await versionContent(placed, plan.classes, { skipped, ...split }) });
  if (!inserted.ok) return refused([inserted.reason === 'NAME_TAKEN' ? nameTaken(request) : blobGone(field)], skipped);
  const { dataset, version } = inserted;
  const counts = await countDuplicates(db, [version.id]);
  return { dataset, version, skipped, warnings: [...layout.warnings, ...versionWarnings(plan.classes, counts.get(version.id)!)], errors: [] };
}

async function requestProblems(db: Database, request: DatasetRequest): Promise<UserError[]> {
  const errors = [...checkName('name', request.name), ...checkName('project', request.project)];
  if (Boolean(request.files) === Boolean(request.zip)) errors.push(userError('files', 'ONE_SOURCE', 'Give either files (each uploaded with POST /blobs) or zip (the sha256 of one uploaded zip).'));
  if (errors.length === 0 && (await isDatasetNameTaken(db, request.project, request.name))) errors.push(nameTaken(request));
  return errors;
}

const nameTaken = ({ name, project }: DatasetRequest) =>
  userError('name', 'NAME_TAKEN', `Project "${project}" already has a dataset "${name}". Choose another name or another project, or make a new version of the one that is there: createDatasetVersion, or thaw dataset update DIR --name ${JSON.stringify(name)}.`);

export const refused = (errors: UserError[], skipped: SkippedFile[] = [], warnings: string[] = []): ImportedDataset => ({ dataset: null, version: null, errors, skipped, warnings });
