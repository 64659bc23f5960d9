import { createHash } from 'node:crypto';
import type { Database, DatasetRow, SkippedFile } from '@thaw/db';
import { findBlobSizes } from '@thaw/db/queries/blob/find-blob-sizes';
import { insertDataset } from '@thaw/db/queries/dataset/insert-dataset';
import { isDatasetNameTaken } from '@thaw/db/queries/dataset/is-dataset-name-taken';
import { BlobError, type BlobStore } from '../blob/blob-store';
import { type UserError, userError } from '../errors';
import { checkName } from '../names';
import { mapConcurrently } from './map-concurrently';
import { collectedMeanwhile, openUploadedFiles, type OpenedSource, type PictureSource, type StoredPicture, UnreadablePicture, type UploadedFile } from './picture-source';
import { type ImportPlan, planImport } from './plan-import';
import { type ImportProblem, readLayout } from './read-layout';
import { openZip } from './zip-source';

export interface DatasetRequest {
  name: string;
  project: string;
  /** either files or zip */
  files?: readonly UploadedFile[] | null;
  emptyFolders?: readonly string[] | null;
  zip?: string | null;
  valFraction: number;
  seed: number;
}

export type ImportedDataset = { skipped: SkippedFile[]; warnings: string[] } & ({ dataset: DatasetRow; errors: [] } | { dataset: null; errors: UserError[] });

/** Pictures decoded at a time: enough for two cores, few enough for little memory. */
const decoders = 4;

/** Reads, checks and stores a whole dataset. It becomes visible in one transaction at the end, or not at all. */
export async function importDataset({ db, blobs }: { db: Database; blobs: BlobStore }, request: DatasetRequest): Promise<ImportedDataset> {
  const errors = await requestProblems(db, request);
  if (errors.length > 0) return refused(errors);
  const field = request.zip ? 'zip' : 'files';
  const opened = await openSource(db, blobs, request);
  if (!opened.ok) return refused(asErrors(opened.problems, field));

  try {
    return await importFrom(opened.source, db, request, field);
  } catch (error) {
    // A full disk is the caller's to solve; nothing has been inserted yet.
    if (error instanceof BlobError) return refused([userError(field, error.code, error.message)]);
    throw error;
  } finally {
    opened.source.close();
  }
}

async function importFrom(source: PictureSource, db: Database, request: DatasetRequest, field: string): Promise<ImportedDataset> {
  const layout = readLayout(source.paths, source.emptyFolders);
  // What the paths alone show is said before hours of decoding.
  const early = planImport(layout, request);
  if (early.problems.length > 0) return refused(asErrors(early.problems, field), layout.skipped);

  const pictures = new Map<string, StoredPicture>();
  const unreadable = new Map<string, string>();
  await mapConcurrently(layout.files, decoders, async (file) => {
    try {
      pictures.set(file.source, await source.load(file.source));
    } catch (error) {
      if (!(error instanceof UnreadablePicture)) throw error;
      unreadable.set(file.source, error.message);
    }
  });
  const skipped = [...layout.skipped, ...[...unreadable].map(([path, reason]) => ({ path, reason }))].sort((a, b) => (a.path < b.path ? -1 : 1));
  const plan = planImport(layout, request, new Set(unreadable.keys()));
  if (plan.problems.length > 0) return refused(asErrors(plan.problems, field), skipped, plan.warnings);

  const inserted = await insertDataset(db, {
    project: request.project,
    name: request.name,
    version: {
      digest: datasetDigest(plan, pictures),
      classes: plan.classes,
      trainCount: plan.classes.reduce((sum, { trainCount }) => sum + trainCount, 0),
      valCount: plan.classes.reduce((sum, { valCount }) => sum + valCount, 0),
      skipped,
      splitSeed: plan.seeded ? request.seed : null,
      valFraction: plan.seeded ? request.valFraction : null,
    },
    pictures: plan.pictures.map(({ source: path, ...planned }) => ({ ...pictures.get(path)!, ...planned })),
  });
  if (!inserted.ok) return refused([inserted.reason === 'NAME_TAKEN' ? nameTaken(request) : userError(field, 'BLOB_GONE', collectedMeanwhile)], skipped);
  return { dataset: inserted.dataset, skipped, warnings: [...plan.warnings, ...leaks(plan, pictures)], errors: [] };
}

async function requestProblems(db: Database, request: DatasetRequest): Promise<UserError[]> {
  const errors = [...checkName('name', request.name), ...checkName('project', request.project)];
  if (Boolean(request.files) === Boolean(request.zip)) errors.push(userError('files', 'ONE_SOURCE', 'Give either files (each uploaded with POST /blobs) or zip (the sha256 of one uploaded zip).'));
  if (errors.length === 0 && (await isDatasetNameTaken(db, request.project, request.name))) errors.push(nameTaken(request));
  return errors;
}

async function openSource(db: Database, blobs: BlobStore, { files, emptyFolders, zip }: DatasetRequest): Promise<OpenedSource> {
  if (files) return openUploadedFiles(blobs, files, emptyFolders ?? [], await findBlobSizes(db, files.map(({ sha256 }) => sha256)));
  if ((await findBlobSizes(db, [zip!])).size === 0) return { ok: false, problems: [{ code: 'MISSING_BLOB', message: `No zip with sha256 ${zip!.slice(0, 64)} is uploaded. Send it with POST /blobs first and give the sha256 it answers.` }] };
  return openZip(blobs, zip!);
}

/** sha256 over the sorted lines "<split> <class> <sha256>\n" */
function datasetDigest({ pictures, classes }: ImportPlan, stored: ReadonlyMap<string, StoredPicture>): string {
  const lines = pictures.map(({ split, classIndex, source }) => `${split} ${classes[classIndex]!.name} ${stored.get(source)!.sha256}\n`);
  return createHash('sha256').update(lines.sort().join('')).digest('hex');
}

function leaks({ pictures }: ImportPlan, stored: ReadonlyMap<string, StoredPicture>): string[] {
  const digests = (wanted: string) => pictures.filter(({ split }) => split === wanted).map(({ source }) => stored.get(source)!.sha256);
  const training = new Set(digests('TRAIN'));
  const both = new Set(digests('VAL').filter((sha256) => training.has(sha256))).size;
  if (both === 0) return [];
  return [`${both} picture${both === 1 ? ' is' : 's are'} in training and in validation, byte for byte: validation accuracy will look better than it is.`];
}

const nameTaken = ({ name, project }: DatasetRequest) =>
  userError('name', 'NAME_TAKEN', `Project "${project}" already has a dataset "${name}". Choose another name or another project, or use the one that is there.`);

function asErrors(problems: readonly ImportProblem[], source: string): UserError[] {
  return problems.map(({ code, message }) => userError(code === 'INVALID_VAL_FRACTION' ? 'valFraction' : source, code, message));
}

const refused = (errors: UserError[], skipped: SkippedFile[] = [], warnings: string[] = []): ImportedDataset => ({ dataset: null, errors, skipped, warnings });
