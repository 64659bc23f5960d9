import { type Blob, BlobError, type BlobStore } from '../blob/blob-store';
import { type ExaminedPicture, examinePicture } from './examine-picture';
import type { ImportProblem } from './read-layout';

export interface StoredPicture extends Blob, ExaminedPicture {}

/** Where an import takes its files from. */
export interface PictureSource {
  paths: readonly string[];
  /** folders without files, so that an empty class is noticed */
  emptyFolders: readonly string[];
  /** Decodes one file and makes sure it is in the blob store. Throws UnreadablePicture when the file itself is bad. */
  load(path: string): Promise<StoredPicture>;
  close(): void;
}

export type OpenedSource = { ok: true; source: PictureSource } | { ok: false; problems: ImportProblem[] };

export const collectedMeanwhile = 'Some of the files were removed from the server while they were imported: gc takes what nothing refers to, and what was uploaded over an hour ago. Upload and import them again.';

export interface UploadedFile {
  path: string;
  sha256: string;
}

/** Files that were uploaded one by one. sizes: of every blob that is stored. */
export function openUploadedFiles(blobs: BlobStore, files: readonly UploadedFile[], emptyFolders: readonly string[], sizes: ReadonlyMap<string, number>): OpenedSource {
  const missing = files.filter(({ sha256 }) => !sizes.has(sha256));
  if (missing.length > 0) {
    const shown = missing.slice(0, 5).map(({ path, sha256 }) => `"${path}" (${sha256.slice(0, 64)})`).join(', ');
    const rest = missing.length > 5 ? ` and ${missing.length - 5} more` : '';
    return { ok: false, problems: [{ code: 'MISSING_BLOB', message: `${missing.length === 1 ? 'A file is' : `${missing.length} files are`} not uploaded: ${shown}${rest}. Send each with POST /blobs first and give the sha256 it answers.` }] };
  }
  const byPath = new Map(files.map((file) => [file.path, file]));
  const load = async (path: string): Promise<StoredPicture> => {
    const { sha256 } = byPath.get(path)!;
    const examined = await examinePicture(blobs.path(sha256)).catch((error: Error) => error);
    if (!(examined instanceof Error)) return { sha256, size: sizes.get(sha256)!, ...examined };
    // gc took it while the import was under way: no fault of the picture.
    if ((await blobs.size(sha256)) === null) throw new BlobError('BLOB_GONE', collectedMeanwhile);
    throw examined;
  };
  return { ok: true, source: { paths: files.map(({ path }) => path), emptyFolders, load, close: () => {} } };
}
