import type { StoredFile } from '@thaw/db';
import type { BlobStore } from '../blob/blob-store';
import { type UserError, userError } from '../errors';
import type { ArtifactKind } from './artifact.type';
import { readImage } from './image-type';
import { readText } from './read-json';
import { readEvaluation } from './read-evaluation';
import { readFeatures } from './read-features';
import { readMatrix } from './read-matrix';
import { readTable } from './read-table';

const megabyte = 1_000_000;

/** Kinds that are one file, what reads it, and how large it may be: it is read whole, now and whenever somebody looks. */
const single = {
  IMAGE: { read: readImage, most: 50 * megabyte },
  TABLE: { read: readTable, most: 32 * megabyte },
  CONFUSION_MATRIX: { read: readMatrix, most: 32 * megabyte },
  TEXT: { read: readText, most: 64 * megabyte },
};

export const isSingleFile = (kind: keyof typeof ArtifactKind): kind is keyof typeof single => kind in single;

/** Refused now, while the script can say so, rather than when somebody looks at the run. */
export async function contentProblems(kind: keyof typeof ArtifactKind, files: readonly StoredFile[], blobs: BlobStore): Promise<UserError[]> {
  if (kind === 'EVALUATION') return evaluationProblems(files, blobs);
  if (!isSingleFile(kind)) return [];
  const [file, another] = files;
  if (!file || another) return [userError('files', 'ONE_FILE', `An artifact of kind ${kind} is one file; there are ${files.length}. Log each under a name of its own, or all of them as kind FILE.`)];
  const { read, most } = single[kind];
  if (file.size > most) return [userError('files', 'FILE_TOO_LARGE', `"${file.path}" has ${file.size} bytes; as ${kind} it may have ${most}. Log it as kind FILE.`)];
  return refuseUnreadable(kind, file, async () => read(await blobs.read(file.sha256)));
}

async function evaluationProblems(files: readonly StoredFile[], blobs: BlobStore): Promise<UserError[]> {
  const file = files.find(({ path }) => path === 'evaluation.json');
  if (!file) return [userError('files', 'INVALID_EVALUATION', 'An artifact of kind EVALUATION has a file evaluation.json.')];
  const problems = await refuseUnreadable('EVALUATION', file, async () => readEvaluation(await blobs.read(file.sha256)));
  const features = files.find(({ path }) => path === 'features.json');
  if (!features) return problems;
  return [...problems, ...(await refuseUnreadable('EVALUATION', features, async () => readFeatures(await blobs.read(features.sha256))))];
}

async function refuseUnreadable(kind: string, { path }: StoredFile, read: () => Promise<unknown>): Promise<UserError[]> {
  try {
    await read();
    return [];
  } catch (error) {
    return [userError('files', `INVALID_${kind}`, `"${path}" cannot be used as ${kind}: ${(error as Error).message}.`)];
  }
}
