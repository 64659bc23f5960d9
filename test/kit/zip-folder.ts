import { createWriteStream, readdirSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** Zips the named folders of `source`, as a person would before uploading them. */
export async function zipFolder(source: string, folders: readonly string[], target: string): Promise<void> {
  const zip = new ZipFile();
  for (const folder of folders) {
    for (const entry of readdirSync(path.join(source, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = path.join(entry.parentPath, entry.name);
      zip.addFile(file, path.relative(source, file));
    }
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(target));
}
