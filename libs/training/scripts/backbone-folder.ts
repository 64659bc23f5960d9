import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { inspectLayersModel, loadBackbone, type LoadedBackbone } from '@thaw/model-zoo';

/** A folder that holds a tfjs LayersModel, as a backbone. */
export async function backboneFolder(folder: string): Promise<LoadedBackbone> {
  const files = readdirSync(folder).map((file) => ({ path: file, sha256: '', size: 0 }));
  const read = (file: string) => readFile(path.join(folder, file));
  const inspected = await inspectLayersModel(files, read);
  if (!inspected.ok) throw new Error(inspected.problems.join('\n'));
  return loadBackbone(inspected.spec, files, read);
}
