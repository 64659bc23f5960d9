import type { CatalogueEntry } from './backbone-spec';
import { digits } from './digits';
import { mobilenets } from './mobilenet-v1';

export * from './backbone-spec';
export * from './built-in-folder';
export * from './files-digest';

/**
 * Every backbone Thaw knows by name. To add one: describe its family in a file beside this one (blocks and
 * feature layer as its model.json names them), with the digest of files you hold: `filesDigest` of model.json
 * and its shards. A row without a digest cannot be verified and does not belong here.
 */
export const catalogue: readonly CatalogueEntry[] = [digits, ...mobilenets];

export function findCatalogueEntry(name: string): CatalogueEntry | null {
  return catalogue.find((entry) => entry.name === name) ?? null;
}
