import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { ModelFile } from '@thaw/training';
import type { WrittenFile } from '../messages';

/** Files for the daemon, which uploads them while training goes on, and which outlives this process. */
export async function writeFiles(scratchFolder: string, files: readonly ModelFile[]): Promise<WrittenFile[]> {
  const folder = path.join(scratchFolder, randomUUID());
  await mkdir(folder, { recursive: true });
  return Promise.all(files.map(async ({ path: name, bytes }, index) => {
    const file = path.join(folder, String(index));
    await writeFile(file, bytes);
    return { path: name, file };
  }));
}
