import type { Database, SkippedFile } from '@thaw/db';
import { findBlobSizes } from '@thaw/db/queries/blob/find-blob-sizes';
import { BlobError, type BlobStore } from '../blob/blob-store';
import { type UserError, userError } from '../errors';
import { UnreadablePicture } from './examine-picture';
import { mapConcurrently } from './map-concurrently';
import { collectedMeanwhile, openUploadedFiles, type OpenedSource, type PictureSource, type StoredPicture, type UploadedFile } from './picture-source';
import type { ImportProblem, Layout } from './read-layout';
import { openZip } from './zip-source';

export interface SourceRequest {
  /** either files or zip */
  files?: readonly UploadedFile[] | null;
  emptyFolders?: readonly string[] | null;
  zip?: string | null;
}

export const sourceField = ({ zip }: SourceRequest) => (zip ? 'zip' : 'files');

export interface LoadedPictures {
  /** by what the source calls them */
  pictures: ReadonlyMap<string, StoredPicture>;
  unreadable: ReadonlySet<string>;
  /** the unreadable ones and those that the layout left out, by path */
  skipped: SkippedFile[];
}

/** Pictures decoded at a time: enough for two cores, few enough for little memory. */
export const decoders = 4;

/** Opens what was uploaded, works on it, and closes it whatever happens. A source that cannot be used is answered by `refuse`. */
export async function withSource<Answer>({ db, blobs }: { db: Database; blobs: BlobStore }, request: SourceRequest, work: (source: PictureSource) => Promise<Answer>, refuse: (errors: UserError[]) => Answer): Promise<Answer> {
  const field = sourceField(request);
  const opened = await openSource(db, blobs, request);
  if (!opened.ok) return refuse(asErrors(opened.problems, field));
  try {
    return await work(opened.source);
  } catch (error) {
    // A full disk is the caller's to solve; nothing has been inserted yet.
    if (error instanceof BlobError) return refuse([userError(field, error.code, error.message)]);
    throw error;
  } finally {
    opened.source.close();
  }
}

export async function loadPictures(source: PictureSource, layout: Layout): Promise<LoadedPictures> {
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
  return { pictures, unreadable: new Set(unreadable.keys()), skipped };
}

export const asErrors = (problems: readonly ImportProblem[], source: string): UserError[] =>
  problems.map(({ code, message }) => userError(code === 'INVALID_VAL_FRACTION' ? 'valFraction' : source, code, message));

export const blobGone = (field: string) => userError(field, 'BLOB_GONE', collectedMeanwhile);

async function openSource(db: Database, blobs: BlobStore, { files, emptyFolders, zip }: SourceRequest): Promise<OpenedSource> {
  if (!zip) return openUploadedFiles(blobs, files ?? [], emptyFolders ?? [], await findBlobSizes(db, (files ?? []).map(({ sha256 }) => sha256)));
  if ((await findBlobSizes(db, [zip])).size === 0) return { ok: false, problems: [{ code: 'MISSING_BLOB', message: `No zip with sha256 ${zip.slice(0, 64)} is uploaded. Send it with POST /blobs first and give the sha256 it answers.` }] };
  return openZip(blobs, zip);
}
