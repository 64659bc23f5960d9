import type { DatasetClass, Split } from '@thaw/db';
import type { NewPicture } from '@thaw/db/queries/dataset/insert-version';
import { type UserError, userError } from '../errors';
import { checkName } from '../names';
import { listOf } from './list-of';
import type { StoredPicture } from './picture-source';
import { arrange, splitBySeed, type SplitOptions } from './plan-import';
import type { PlacedFile } from './read-layout';
import { tidyPath } from './source-path';

type Content = Omit<StoredPicture, 'size'>;

/** A picture of the version that is changed. */
export interface BasePicture extends Content {
  path: string;
  className: string;
  split: Split;
}

export interface Relabelling {
  path: string;
  label?: string | null;
  split?: Split | null;
}

export interface VersionEdit {
  /** Readable files, each with its content. A path that is there already gets the new content and keeps class and split. */
  added: readonly (PlacedFile & { content: Content })[];
  remove: readonly string[];
  relabel: readonly Relabelling[];
  /** What relabel may name although nothing is in it yet. */
  newClasses: readonly string[];
  /** Classes by folders in which no file could be used. */
  emptyFolders: readonly string[];
}

export type VersionPlan =
  | { ok: true; pictures: (Omit<NewPicture, 'perceptualHash'> & { perceptualHash: bigint })[]; classes: DatasetClass[]; /** whether the seed placed any */ seeded: boolean }
  | { ok: false; errors: UserError[] };

interface Entry {
  content: Content;
  className: string;
  split: Split | null;
}

/** Carries changes out on the pictures of a version and finds everything that is wrong with the outcome. */
export function planVersion(base: readonly BasePicture[], edit: VersionEdit, options: SplitOptions): VersionPlan {
  const entries = new Map<string, Entry>(base.map(({ path, className, split, ...content }) => [path, { content, className, split }]));
  const errors = [...removePictures(entries, edit), ...relabelProblems(edit)];
  addPictures(entries, base, edit);
  errors.push(...relabelPictures(entries, base, edit));
  if (errors.length > 0) return { ok: false, errors };
  if (isUnchanged(entries, base)) return { ok: false, errors: [userError(null, 'NOTHING_CHANGED', 'This changes nothing: every file that was given is in the version already, with the same bytes, class and split. Add, remove or relabel a picture to make a new version.')] };

  const files = [...entries].map(([path, { className, split }]) => ({ source: path, path, className, split }));
  const seeded = files.some(({ split }) => split === null);
  const classNames = new Set([...files.map(({ className }) => className), ...edit.newClasses, ...edit.emptyFolders]);
  const { pictures, classes } = arrange(splitBySeed(files, options.seed, options.valFraction), classNames);
  const problems = findProblems(classes);
  if (problems.length > 0) return { ok: false, errors: problems };
  return { ok: true, seeded, classes, pictures: pictures.map(({ source: _, ...planned }) => ({ ...entries.get(planned.path)!.content, ...planned })) };
}

function removePictures(entries: Map<string, Entry>, { remove, added }: VersionEdit): UserError[] {
  const removed = new Set(remove.map(tidyPath));
  const unknown = [...removed].filter((path) => !entries.delete(path));
  const replaced = added.filter(({ path }) => removed.has(path)).map(({ path }) => path);
  const errors = unknown.length > 0 ? [unknownPaths('remove', unknown)] : [];
  if (replaced.length > 0) errors.push(userError('remove', 'CONFLICTING_CHANGE', `${listOf(replaced)} ${replaced.length === 1 ? 'is' : 'are'} both added and removed. To replace a picture, add the new file under its path and do not remove it.`));
  return errors;
}

/**
 * A picture that is new and says no split takes that of the same bytes where the version had them, so that renaming a file
 * moves no picture from validation to training.
 */
function addPictures(entries: Map<string, Entry>, base: readonly BasePicture[], { added }: VersionEdit): void {
  const splitOfBytes = new Map(base.map(({ sha256, split }) => [sha256, split]));
  for (const { path, className, split, content } of added) {
    const known = entries.get(path);
    entries.set(path, known ? { ...known, content } : { content, className, split: split ?? splitOfBytes.get(content.sha256) ?? null });
  }
}

function relabelProblems({ relabel, remove }: VersionEdit): UserError[] {
  const errors: UserError[] = [];
  const seen = new Set<string>();
  const removed = new Set(remove.map(tidyPath));
  for (const [index, { path, label, split }] of relabel.entries()) {
    const tidy = tidyPath(path);
    if (seen.has(tidy)) errors.push(userError(`relabel.${index}`, 'DUPLICATE_PATH', `"${path}" is relabelled twice. Give its label and its split in one entry.`));
    seen.add(tidy);
    if (removed.has(tidy)) errors.push(userError(`relabel.${index}`, 'CONFLICTING_CHANGE', `"${path}" is both relabelled and removed. Do one of them.`));
    if (label == null && split == null) errors.push(userError(`relabel.${index}`, 'NOTHING_TO_RELABEL', `The entry for "${path}" says neither label nor split. Give one of them, or both.`));
    if (label != null) errors.push(...checkName(`relabel.${index}.label`, label));
  }
  return errors;
}

function relabelPictures(entries: Map<string, Entry>, base: readonly BasePicture[], { relabel, added, newClasses, remove }: VersionEdit): UserError[] {
  const known = new Set([...base.map(({ className }) => className), ...added.map(({ className }) => className), ...newClasses]);
  const removed = new Set(remove.map(tidyPath));
  const unknown: string[] = [];
  const strange = new Set<string>();
  for (const { path, label, split } of relabel) {
    const entry = entries.get(tidyPath(path));
    if (!entry && !removed.has(tidyPath(path))) unknown.push(path);
    if (label != null && !known.has(label)) strange.add(label);
    if (entry) entries.set(tidyPath(path), { ...entry, className: label ?? entry.className, split: split ?? entry.split });
  }
  const errors = unknown.length > 0 ? [unknownPaths('relabel', unknown)] : [];
  if (strange.size > 0) errors.push(userError('relabel', 'CLASS_UNKNOWN', `There is no class ${listOf([...strange])}. The classes are ${listOf([...known].sort())}. To make a class by relabelling, name it in newClasses too, so that a slip of the pen makes none.`));
  return errors;
}

const unknownPaths = (field: string, paths: readonly string[]) =>
  userError(field, 'PATH_UNKNOWN', `The version has no picture ${listOf(paths)}. Paths are written as its pictures show them, such as "train/rose/1.jpg" or "rose/1.jpg".`);

function isUnchanged(entries: ReadonlyMap<string, Entry>, base: readonly BasePicture[]): boolean {
  if (entries.size !== base.length) return false;
  return base.every(({ path, sha256, className, split }) => {
    const entry = entries.get(path);
    return entry?.content.sha256 === sha256 && entry.className === className && entry.split === split;
  });
}

/** A class none of whose pictures is left is no class of the version; one that only validation knows cannot be learnt. */
function findProblems(classes: readonly DatasetClass[]): UserError[] {
  const add = (code: string, message: string) => userError(null, code, message);
  if (classes.every(({ trainCount }) => trainCount === 0)) return [add('NO_TRAINING_PICTURES', 'No training picture would be left. Keep some in every class, or import another dataset.')];
  const problems = classes.filter(({ trainCount }) => trainCount === 0).map(({ name, valCount }) =>
    add('EMPTY_CLASS', valCount > 0
      ? `Class "${name}" would have ${valCount} validation and no training pictures. Keep or move some to training, or remove the class whole.`
      : `Class "${name}" is empty: it has no pictures. Add some to it, or leave it out.`));
  if (classes.length === 1) problems.push(add('ONE_CLASS', `Only the class "${classes[0]!.name}" would be left. A classifier needs two or more.`));
  if (problems.length === 0 && classes.every(({ valCount }) => valCount === 0)) problems.push(add('NO_VALIDATION_PICTURES', 'No validation picture would be left. Keep some, or move some there.'));
  return problems;
}
