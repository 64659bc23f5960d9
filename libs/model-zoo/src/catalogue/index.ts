import type { CatalogueEntry, CatalogueRow } from './backbone-spec';
import { digits } from './digits';
import { measuredSpeed } from './measured-speed';
import { mobilenets } from './mobilenet-v1';
import { squeezenet } from './squeezenet';
import { timmBackbones } from './timm';

export * from './backbone-spec';
export * from './built-in-folder';
export * from './files-digest';
export * from './resize-filter';

/**
 * Every backbone Thaw knows by name. To add one: describe its family in a file beside this one (blocks and
 * feature layer as its model.json names them, or those of its architecture), with the digest of files you hold:
 * `filesDigest`. Never copy a digest you cannot check: null lets the first download pin it. Then measure its speed:
 * libs/training/scripts/measure-backbone-speeds.ts NAME.
 */
export const catalogue: readonly CatalogueEntry[] = ([digits, ...mobilenets, squeezenet, ...timmBackbones] satisfies CatalogueRow[]).map((row) => ({ ...row, picturesPerSecond: measuredSpeed(row.name) }));

export function findCatalogueEntry(name: string): CatalogueEntry | null {
  return catalogue.find((entry) => entry.name === name) ?? null;
}
