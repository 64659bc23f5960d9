import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hashFile } from '../../blobs/hash-file';
import type { SpoolUsage } from '../spool/usage';

/**
 * Keeps a file as it is now until it is sent, in a folder of its run. One that the spool has no room for is sent from
 * where it lies. A copy shares its blocks with the original where the file system can.
 */
export async function keepFile(folder: string, content: string | Uint8Array, usage: SpoolUsage): Promise<{ sha256: string; file: string }> {
  if (typeof content !== 'string') {
    const sha256 = createHash('sha256').update(content).digest('hex');
    if (!usage.hasRoom(content.byteLength)) throw new Error('the spool folder is full');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = path.join(folder, sha256);
    await writeFile(file, content);
    usage.disk += content.byteLength;
    return { sha256, file };
  }
  const found = await stat(content);
  if (!found.isFile()) throw new Error(`${content} is no file`);
  if (!usage.hasRoom(found.size)) return { sha256: (await hashFile(content)).sha256, file: content };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const copy = path.join(folder, `${process.hrtime.bigint()}.partial`);
  try {
    await copyFile(content, copy, constants.COPYFILE_FICLONE);
    const { sha256 } = await hashFile(copy);
    const file = path.join(folder, sha256);
    await rename(copy, file);
    usage.disk += found.size;
    return { sha256, file };
  } finally {
    await rm(copy, { force: true });
  }
}
