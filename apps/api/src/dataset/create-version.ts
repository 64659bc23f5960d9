import type { Database, DatasetRow, DatasetVersionRow, SkippedFile } from '@thaw/db';
import { countDuplicates } from '@thaw/db/queries/dataset/count-duplicates';
import { findDatasets } from '@thaw/db/queries/dataset/find-datasets';
import { insertNextVersion } from '@thaw/db/queries/dataset/insert-next-version';
import { readVersionPictures } from '@thaw/db/queries/dataset/read-version-pictures';
import { findDatasetVersion } from '@thaw/db/queries/run/find-dataset-version';
import { listDatasetChoices } from '@thaw/db/queries/run/list-dataset-choices';
import type { BlobStore } from '../blob/blob-store';
import { type UserError, userError } from '../errors';
import { hashPictures } from './hash-pictures';
import { type ImportedDataset, refused } from './import-dataset';
import { listOf } from './list-of';
import { asErrors, blobGone, type LoadedPictures, loadPictures, sourceField, type SourceRequest, withSource } from './load-source';
import { type BasePicture, planVersion, type Relabelling } from './plan-version';
import { type Layout, readLayout } from './read-layout';
import { versionContent } from './version-content';
import { versionWarnings } from './version-warnings';

export interface VersionRequest extends SourceRequest {
  dataset: string;
  project?: string | null;
  baseVersion?: number | null;
  onlyOnto?: number | null;
  remove: readonly string[];
  relabel: readonly Relabelling[];
  newClasses: readonly string[];
}

interface Source {
  layout: Layout;
  loaded: LoadedPictures;
}

type Services = { db: Database; blobs: BlobStore };

/** Makes a version out of another one and changes to it. It becomes visible in one transaction at the end, or not at all. */
export async function createVersion(services: Services, request: VersionRequest): Promise<ImportedDataset> {
  if (request.files && request.zip) return refused([userError('files', 'ONE_SOURCE', 'Give files or zip, not both.')]);
  const found = await findBase(services.db, request);
  if (!found.ok) return refused([found.error]);
  if (!request.files && !request.zip) return createFrom(services, found, request, null);
  return withSource(services, request, async (source) => {
    const layout = readLayout(source.paths, source.emptyFolders, new Set(found.base.classes.map(({ name }) => name)));
    if (layout.problems.length > 0) return refused(asErrors(layout.problems, sourceField(request)), layout.skipped);
    return createFrom(services, found, request, { layout, loaded: await loadPictures(source, layout) });
  }, refused);
}

/**
 * When another version came meanwhile and none was asked for as the base, the changes are made to that one: nobody's work
 * is lost, and the pictures are not read again. Each such round means that another creation ended, so it comes to an end.
 */
async function createFrom(services: Services, { dataset, base: first }: Base, request: VersionRequest, source: Source | null): Promise<ImportedDataset> {
  const skipped = source?.loaded.skipped ?? [];
  for (let base = first; ; base = (await findDatasetVersion(services.db, dataset.id))!) {
    const plan = planVersion(await readBase(services, base), editOf(request, source), { seed: base.splitSeed ?? 1, valFraction: base.valFraction ?? 0.2 });
    if (!plan.ok) return refused(plan.errors.map((error) => withSkipped(error, skipped)), skipped);
    const splitSeed = base.splitSeed ?? (plan.seeded ? 1 : null);
    const valFraction = base.valFraction ?? (plan.seeded ? 0.2 : null);
    const onlyAfter = request.onlyOnto ?? (request.baseVersion == null ? base.version : null);
    const inserted = await insertNextVersion(services.db, base, await versionContent(plan.pictures, plan.classes, { skipped, splitSeed, valFraction }), { onlyAfter });
    if (inserted.ok) return answer(services.db, dataset, inserted.version, skipped);
    if (inserted.reason === 'NO_LONGER_LATEST' && request.onlyOnto != null) return refused([conflict(dataset, request.onlyOnto)], skipped);
    if (inserted.reason === 'BLOB_GONE') return refused([blobGone(sourceField(request))], skipped);
    if (inserted.reason === 'DATASET_GONE') return refused([userError('dataset', 'DATASET_UNKNOWN', `Dataset "${request.dataset}" was deleted meanwhile. Restore it and try again.`)], skipped);
  }
}

async function answer(db: Database, dataset: DatasetRow, version: DatasetVersionRow, skipped: SkippedFile[]): Promise<ImportedDataset> {
  const counts = await countDuplicates(db, [version.id]);
  return { dataset, version, skipped, warnings: versionWarnings(version.classes, counts.get(version.id)!), errors: [] };
}

function editOf({ remove, relabel, newClasses }: VersionRequest, source: Source | null) {
  const added = (source?.layout.files ?? []).flatMap((file) => {
    const content = source!.loaded.pictures.get(file.source);
    return content ? [{ ...file, content }] : [];
  });
  const folders = source ? [...source.layout.classFolders.TRAIN, ...source.layout.classFolders.VAL] : [];
  const filled = new Set(added.map(({ className }) => className));
  return { added, remove, relabel, newClasses, emptyFolders: folders.filter((name) => !filled.has(name)) };
}

/** Versions from before perceptual hashes get theirs now, if the background has not come to them yet. */
async function readBase({ db, blobs }: Services, { id, classes }: DatasetVersionRow): Promise<BasePicture[]> {
  const pictures = await hashPictures(blobs, await readVersionPictures(db, id));
  return pictures.map(({ path, classIndex, split, sha256, width, height, perceptualHash }) => ({ path, className: classes[classIndex]!.name, split, sha256, width, height, perceptualHash }));
}

interface Base {
  dataset: DatasetRow;
  base: DatasetVersionRow;
}

async function findBase(db: Database, { dataset: name, project, baseVersion, onlyOnto }: VersionRequest): Promise<({ ok: true } & Base) | { ok: false; error: UserError }> {
  const no = (field: string, code: string, message: string) => ({ ok: false as const, error: userError(field, code, message) });
  const [found, ...others] = await findDatasets(db, name, project);
  if (!found) {
    const choices = (await listDatasetChoices(db)).filter((each) => !project || each.project === project).map((each) => each.name);
    return no('dataset', 'DATASET_UNKNOWN', `There is no dataset "${name}"${project ? ` in project "${project}"` : ''}. ${choices.length > 0 ? `There is ${listOf(choices)}.` : 'There is none yet.'} A first version is made by createDataset or thaw dataset import.`);
  }
  if (others.length > 0) return no('project', 'PROJECT_NEEDED', `Several projects have a dataset "${name}": ${listOf([found, ...others].map((each) => each.project))}. Say which with project.`);
  const latest = (await findDatasetVersion(db, found.dataset.id))!;
  if (onlyOnto != null && latest.version !== onlyOnto) return { ok: false, error: conflict(found.dataset, onlyOnto, latest.version) };
  const base = baseVersion == null ? latest : baseVersion > 0 ? await findDatasetVersion(db, found.dataset.id, baseVersion) : null;
  if (!base) return no('baseVersion', 'VERSION_UNKNOWN', `Dataset "${name}" has no version ${baseVersion}. It has versions 1 to ${latest.version}; leave baseVersion out for the latest.`);
  return { ok: true, dataset: found.dataset, base };
}

const conflict = ({ name }: DatasetRow, expected: number, latest?: number) =>
  userError('onlyOnto', 'VERSION_CONFLICT', `Dataset "${name}" is ${latest === undefined ? `no longer at version ${expected}` : `at version ${latest}, not ${expected}`}: somebody made another version meanwhile. Nothing was changed. Look at what changed, then make these changes to that version.`);

const withSkipped = (error: UserError, skipped: readonly SkippedFile[]): UserError =>
  error.code === 'NOTHING_CHANGED' && skipped.length > 0 ? { ...error, message: `${error.message} ${skipped.length === 1 ? 'One file was' : `${skipped.length} files were`} left out; see skipped.` } : error;
