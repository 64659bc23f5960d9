import { open } from 'node:fs/promises';
import type { CreateDatasetInput } from '../generated/graphql';
import type { Session } from './session';
import { listFolder, sourceKind } from './source-files';
import { uploadFiles } from './upload-files';

export type UploadedSource =
  | { ok: true; input: Pick<CreateDatasetInput, 'files' | 'emptyFolders' | 'zip'>; hidden: { path: string; reason: string }[] }
  | { ok: false; message: string };

/** Decoding every picture of a large dataset takes its time. */
export const importSilenceMs = 2 * 3_600_000;

/** Uploads a folder of pictures file by file, or a zip as it is. */
export async function uploadSource(session: Session, source: string): Promise<UploadedSource> {
  const kind = await sourceKind(source);
  if (kind === null) return { ok: false, message: `There is nothing at ${source}. Give a folder of pictures or a zip of one.` };
  if (kind === 'file' && !(await isZip(source))) return { ok: false, message: `${source} is a file but no zip. Give a folder of pictures or a zip of one.` };
  if (kind === 'file') return { ok: true, input: { zip: (await session.client.blobs.upload(source)).sha256 }, hidden: [] };
  const folder = await listFolder(source);
  const hidden = folder.hidden.map((path) => ({ path, reason: 'hidden file' }));
  return { ok: true, input: { files: await uploadFiles(session, folder.files), emptyFolders: folder.emptyFolders }, hidden };
}

async function isZip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.toString('latin1') === 'PK';
  } finally {
    await handle.close();
  }
}
