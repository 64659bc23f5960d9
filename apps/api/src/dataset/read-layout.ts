import type { SkippedFile, Split } from '@thaw/db';
import { pathProblem, skipReason, tidyPath } from './source-path';

/** What is wrong with a source; nothing of it is imported. */
export interface ImportProblem {
  code: string;
  message: string;
}

/** A file that looks like a picture, placed by its folder. */
export interface PlacedFile {
  /** as the source names it */
  source: string;
  /** tidied, without the folders that everything lies in */
  path: string;
  className: string;
  /** null while the seed has yet to decide */
  split: Split | null;
}

/** What the paths of a source say, before any file is read. */
export interface Layout {
  files: PlacedFile[];
  /** Classes by the folder that names them, empty folders too. In a source without train/ and val/ all are TRAIN. */
  classFolders: Record<Split, Set<string>>;
  skipped: SkippedFile[];
  warnings: string[];
  problems: ImportProblem[];
}

const splitFolders = new Map<string, Split>([['train', 'TRAIN'], ['val', 'VAL'], ['valid', 'VAL'], ['validation', 'VAL']]);
const splitOf = (folder = '') => splitFolders.get(folder.toLowerCase());

/**
 * Reads train/<class>/<file> and val/<class>/<file>, or <class>/<file>. Folders that everything lies in are dropped;
 * folders below a class belong to it. knownClasses: of the version that the files are added to, so that a class of it is
 * not taken for such an outer folder.
 */
export function readLayout(paths: readonly string[], emptyFolders: readonly string[] = [], knownClasses: ReadonlySet<string> = new Set()): Layout {
  const layout: Layout = { files: [], classFolders: { TRAIN: new Set(), VAL: new Set() }, skipped: [], warnings: [], problems: pathProblems(paths) };
  if (layout.problems.length > 0) return layout;

  const pictures: { source: string; parts: string[] }[] = [];
  for (const source of paths) {
    const path = tidyPath(source);
    const reason = skipReason(path);
    if (reason) layout.skipped.push({ path: source, reason });
    else pictures.push({ source, parts: path.split('/') });
  }
  const folders = [...new Set(emptyFolders.map(tidyPath))].filter((path) => path !== '' && !pathProblem(path) && !skipReason(`${path}/x.png`)).map((path) => path.split('/'));

  // An empty folder counts as one that holds a nameless file.
  const places = [...pictures.map(({ parts }) => parts), ...folders.map((parts) => [...parts, ''])].filter((parts) => parts.length > 1);
  const top = commonTop(places, knownClasses);
  const hasSplit = places.some((parts) => splitOf(parts[top]) && parts.length >= top + 3);

  for (const { source, parts } of pictures) {
    const inside = parts.length > 1 ? parts.slice(top) : parts;
    const split = hasSplit ? splitOf(inside[0]) : 'TRAIN';
    const className = inside[hasSplit ? 1 : 0];
    if (hasSplit && !split && inside.length > 1) layout.skipped.push({ path: source, reason: `${inside[0]}/ is not imported: beside train/ and val/ nothing is` });
    else if (!split || className === undefined || inside.length < (hasSplit ? 3 : 2)) layout.skipped.push({ path: source, reason: 'not in a class folder' });
    else {
      layout.classFolders[split].add(className);
      layout.files.push({ source, path: inside.join('/'), className, split: hasSplit ? split : null });
    }
  }
  for (const parts of folders) {
    const inside = parts.slice(top);
    const split = hasSplit ? splitOf(inside[0]) : 'TRAIN';
    const className = inside[hasSplit ? 1 : 0];
    if (split && className !== undefined) layout.classFolders[split].add(className);
  }
  return layout;
}

/** A whole dataset needs validation pictures: when it brings none, a part of train/ becomes them. */
export function withValidation(layout: Layout): Layout {
  const trainAlone = layout.files.some(({ split }) => split === 'TRAIN') && layout.classFolders.VAL.size === 0;
  if (!trainAlone) return layout;
  const warning = 'There is no val/ folder, so a part of train/ is set aside for validation by the seed.';
  return { ...layout, files: layout.files.map((file) => ({ ...file, split: null })), warnings: [...layout.warnings, warning] };
}

function pathProblems(paths: readonly string[]): ImportProblem[] {
  const problems: ImportProblem[] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    const problem = pathProblem(path);
    if (problem) problems.push({ code: 'PATH_ESCAPES', message: `"${path}" ${problem}. Nothing was imported. Rename it, or leave it out, and import again.` });
    const tidy = tidyPath(path);
    if (seen.has(tidy)) problems.push({ code: 'DUPLICATE_PATH', message: `"${path}" is there twice. Each file needs a path of its own.` });
    seen.add(tidy);
  }
  return problems;
}

/** How many leading folders all places share without one of them being the class or the split. */
function commonTop(places: readonly string[][], knownClasses: ReadonlySet<string>): number {
  for (let depth = 0; ; depth++) {
    const name = places[0]?.[depth];
    const shared = name !== undefined && places.every((parts) => parts[depth] === name && parts.length > depth + 1);
    if (!shared || splitOf(name) || knownClasses.has(name)) return depth;
    const splitBelow = places.some((parts) => splitOf(parts[depth + 1]) === 'TRAIN' && parts.length >= depth + 4);
    if (!splitBelow && !places.every((parts) => parts.length >= depth + 3)) return depth;
  }
}
