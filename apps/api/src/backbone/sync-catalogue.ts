import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { StoredFile } from '@thaw/db';
import { type CatalogueBackbone, upsertCatalogueBackbone } from '@thaw/db/queries/backbone/upsert-catalogue-backbone';
import { builtInFolder, catalogue, type CatalogueEntry, filesDigest } from '@thaw/model-zoo/catalogue/index';
import type { Services } from '../context';
import { shardPaths } from './model-files';

/** Every catalogue entry as a row; built-in ones with their files, at once. */
export async function syncCatalogue({ db, blobs, log }: Pick<Services, 'db' | 'blobs' | 'log'>): Promise<void> {
  for (const entry of catalogue) {
    if (entry.source === 'CATALOGUE') {
      await upsertCatalogueBackbone(db, { ...rowOf(entry), status: 'ABSENT' });
      continue;
    }
    const stored = await storeBuiltIn(entry, blobs).catch((error: Error) => error);
    if (stored instanceof Error) {
      log.error({ err: stored, backbone: entry.name }, 'a built-in backbone cannot be used');
      await upsertCatalogueBackbone(db, { ...rowOf(entry), status: 'FAILED', fetchError: `The files of the built-in backbone "${entry.name}" cannot be used: ${stored.message} Restore them with: git checkout libs/model-zoo/builtin` });
      continue;
    }
    await upsertCatalogueBackbone(db, { ...rowOf(entry), status: 'READY', files: stored, digest: filesDigest(stored) });
  }
}

function rowOf({ name, title, description, source, licence, address, parameters, digest, size, ...entry }: CatalogueEntry): Omit<CatalogueBackbone, 'status'> {
  const { architecture, preprocessing, blocks, featureLayer } = entry;
  return { name, title, description, source, licence, address, parameters, digest, fetchTotal: size, files: [], fetchError: null, spec: { name, architecture, preprocessing, blocks, featureLayer } };
}

async function storeBuiltIn(entry: CatalogueEntry, blobs: Services['blobs']): Promise<StoredFile[]> {
  const folder = builtInFolder(entry);
  const model = await readFile(path.join(folder, 'model.json'));
  const shards = shardPaths(model);
  if (!shards) throw new Error(`${path.join(folder, 'model.json')} is not the model.json of a tfjs LayersModel.`);
  const files: StoredFile[] = [];
  for (const name of ['model.json', ...shards]) files.push({ path: name, ...(await blobs.put(await readFile(path.join(folder, name)))) });
  const digest = filesDigest(files);
  if (digest !== entry.digest) throw new Error(`Their digest is ${digest}, not ${entry.digest} as the catalogue says.`);
  return files;
}
