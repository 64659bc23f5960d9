import type { CatalogueEntry } from './backbone-spec';
import { digits } from './digits';
import { mobilenets } from './mobilenet-v1';
import { timmBackbones } from './timm';

export * from './backbone-spec';
export * from './built-in-folder';
export * from './files-digest';

/**
 * Every backbone Thaw knows by name. To add one: describe its family in a file beside this one (blocks and
 * feature layer as its model.json names them, or those of its architecture), with the digest of files you hold:
 * `filesDigest`. Never copy a digest you cannot check: null lets the first download pin it.
 */
export const catalogue: readonly CatalogueEntry[] = [digits, ...mobilenets, ...timmBackbones];

export function findCatalogueEntry(name: string): CatalogueEntry | null {
  return catalogue.find((entry) => entry.name === name) ?? null;
}
