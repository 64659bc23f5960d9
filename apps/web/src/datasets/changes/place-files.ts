import type { Split } from '../../generated/graphql';
import type { PickedFile } from '../picked-files';

export interface PlacedPicture { source: PickedFile; label: string; split: Split | null; file: string }
export interface Placed { pictures: PlacedPicture[]; skipped: { path: string; reason: string }[] }

const splits = new Map<string, Split>([['train', 'TRAIN'], ['val', 'VAL'], ['valid', 'VAL'], ['validation', 'VAL']]);
const pictures = /\.(jpe?g|png|webp|gif|avif|heic|heif|tiff?)$/i;

/**
 * Where new pictures go. A folder named like a class, with or without train or val above it, says so itself; what lies in
 * no such folder goes to the class and split that were chosen. label null: folders that are no class yet become classes.
 */
export function placeFiles(files: readonly PickedFile[], classes: readonly string[], chosen: { label: string | null; split: Split | null }): Placed {
  const placed: Placed = { pictures: [], skipped: [] };
  for (const source of files) {
    const parts = source.path.split('/');
    const name = parts.at(-1)!;
    if (name.startsWith('.') || parts.includes('__MACOSX')) continue;
    if (!pictures.test(name)) {
      placed.skipped.push({ path: source.path, reason: 'not a picture by its name' });
      continue;
    }
    const folders = parts.slice(0, -1);
    const split = folders.map((folder) => splits.get(folder.toLowerCase())).find(Boolean) ?? null;
    const known = folders.findLast((folder) => classes.includes(folder));
    const label = chosen.label ?? known ?? folders.findLast((folder) => !splits.has(folder.toLowerCase()));
    if (label === undefined) placed.skipped.push({ path: source.path, reason: 'in no folder, and no class is chosen' });
    else placed.pictures.push({ source, label, split: chosen.split ?? split, file: name });
  }
  return placed;
}

/** "rose/1.jpg", or "rose/1-2.jpg" when that is taken. */
export function freePath(label: string, file: string, taken: ReadonlySet<string>): string {
  const dot = file.lastIndexOf('.');
  for (let count = 1; ; count++) {
    const path = `${label}/${count === 1 ? file : `${file.slice(0, dot)}-${count}${file.slice(dot)}`}`;
    if (!taken.has(path)) return path;
  }
}
