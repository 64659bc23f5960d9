import { createHash } from 'node:crypto';
import type { DatasetClass, Split } from '@thaw/db';
import { listOf } from './list-of';
import type { ImportProblem, Layout, PlacedFile } from './read-layout';
import { versionWarnings } from './version-warnings';

export interface SplitOptions {
  seed: number;
  /** share of each class that becomes validation, when the source has no val/ of its own */
  valFraction: number;
}

export interface PlannedPicture {
  source: string;
  path: string;
  split: Split;
  classIndex: number;
}

export type SplitFile = PlacedFile & { split: Split };
const hasSplit = (file: PlacedFile): file is SplitFile => file.split !== null;

export interface ImportPlan {
  /** training first, then by class and path */
  pictures: PlannedPicture[];
  /** by name */
  classes: DatasetClass[];
  /** whether the seed made the split */
  seeded: boolean;
  warnings: string[];
  problems: ImportProblem[];
}

/** Splits and orders the files of a layout, those in `unreadable` left out, and finds everything that is wrong with it. */
export function planImport(layout: Layout, { seed, valFraction }: SplitOptions, unreadable: ReadonlySet<string> = new Set()): ImportPlan {
  const readable = layout.files.filter(({ source }) => !unreadable.has(source));
  const seeded = layout.files.some(({ split }) => split === null);
  const { pictures, classes } = arrange(splitBySeed(readable, seed, valFraction), layout.classFolders.TRAIN);
  const problems = [...layout.problems, ...findProblems(layout, classes, unreadable, valFraction, seeded)];
  return { pictures, classes, seeded, warnings: [...layout.warnings, ...versionWarnings(classes, null)], problems };
}

/** Orders pictures, training first, then by class and path, and counts them. Those of no class in classNames are left out. */
export function arrange(placed: readonly SplitFile[], classNames: ReadonlySet<string>): Pick<ImportPlan, 'pictures' | 'classes'> {
  const names = [...classNames].sort();
  const classes = names.map((name): DatasetClass => ({ name, trainCount: 0, valCount: 0 }));
  const indexOf = new Map(names.map((name, index) => [name, index]));
  const pictures: PlannedPicture[] = [];
  for (const { source, path, className, split } of placed) {
    const classIndex = indexOf.get(className);
    if (classIndex === undefined) continue;
    classes[classIndex]![split === 'TRAIN' ? 'trainCount' : 'valCount']++;
    pictures.push({ source, path, split, classIndex });
  }
  pictures.sort((a, b) => (a.split === b.split ? a.classIndex - b.classIndex || compare(a.path, b.path) : a.split === 'TRAIN' ? -1 : 1));
  return { pictures, classes };
}

/**
 * Stratified: within each class the pictures are ordered by sha256("<seed>\n<class>\n<path>") and the first
 * round(n × valFraction) of them become validation, at least one when there are two, never all. A picture's rank
 * depends on nothing but the seed and its own name, so anyone can make the same split again, and one more class
 * moves no picture of another. Files that have their split keep it and count towards the share; the others fill it up.
 */
export function splitBySeed(files: readonly PlacedFile[], seed: number, valFraction: number): SplitFile[] {
  const byClass = new Map<string, PlacedFile[]>();
  for (const file of files) {
    const members = byClass.get(file.className);
    if (members) members.push(file);
    else byClass.set(file.className, [file]);
  }
  return [...byClass.values()].flatMap((members) => {
    const open = members.filter(({ split }) => split === null);
    const rank = new Map(open.map((file) => [file, createHash('sha256').update(`${seed}\n${file.className}\n${file.path}`).digest('hex')]));
    const shuffled = open.sort((a, b) => compare(rank.get(a)!, rank.get(b)!));
    const wanted = members.length < 2 ? 0 : Math.min(members.length - 1, Math.max(1, Math.round(members.length * valFraction)));
    const hasTraining = members.some(({ split }) => split === 'TRAIN');
    const valCount = Math.min(wanted - members.filter(({ split }) => split === 'VAL').length, open.length - (hasTraining ? 0 : 1));
    return [...members.filter(hasSplit), ...shuffled.map((file, index) => ({ ...file, split: index < valCount ? ('VAL' as const) : ('TRAIN' as const) }))];
  });
}

function findProblems(layout: Layout, classes: DatasetClass[], unreadable: ReadonlySet<string>, valFraction: number, seeded: boolean): ImportProblem[] {
  const problems: ImportProblem[] = [];
  const add = (code: string, message: string) => problems.push({ code, message });
  if (!(valFraction > 0 && valFraction < 1)) add('INVALID_VAL_FRACTION', `valFraction is ${valFraction}. It is the share of pictures set aside for validation: more than 0, less than 1, such as 0.2.`);
  if (layout.problems.length > 0) return problems;

  if (layout.classFolders.TRAIN.size + layout.classFolders.VAL.size === 0) {
    const loose = layout.skipped.some(({ reason }) => reason === 'not in a class folder');
    if (loose) add('NO_CLASS_FOLDERS', 'The pictures lie in no class folder. Put each class into a folder of its name: train/<class>/<file> and val/<class>/<file>, or <class>/<file>.');
    else add('NO_PICTURES', 'There are no pictures in it. Pictures end in .jpg, .jpeg, .png, .webp, .gif, .avif, .tif or .tiff and lie in train/<class>/ and val/<class>/, or in <class>/.');
    return problems;
  }
  if (layout.classFolders.TRAIN.size === 0) {
    add('NO_TRAINING_PICTURES', 'There is a val/ folder but nothing in train/. Add train/<class>/<file>, or drop the val/ level and let the seed split <class>/<file>.');
    return problems;
  }
  for (const { name, trainCount, valCount } of classes) {
    if (trainCount + (seeded ? valCount : 0) > 0) continue;
    const files = layout.files.filter(({ className, split }) => className === name && split !== 'VAL');
    const broken = files.filter(({ source }) => unreadable.has(source)).length;
    const why = broken === 0 ? 'it has no pictures' : broken === 1 ? 'its only picture does not decode' : `none of its ${broken} pictures decode`;
    add('EMPTY_CLASS', `Class "${name}" is empty: ${why}${seeded ? '' : ' in train/'}. Add pictures to it or remove its folder.`);
  }
  if (classes.length === 1) add('ONE_CLASS', `There is only one class, "${classes[0]!.name}". A classifier needs two or more: one folder each.`);
  const strangers = [...layout.classFolders.VAL].filter((name) => !layout.classFolders.TRAIN.has(name)).sort();
  for (const name of strangers) add('VAL_CLASS_NOT_IN_TRAIN', `val/ has the class "${name}", which train/ lacks (train/ has ${listOf(classes.map((each) => each.name))}). Add train/${name}/, or remove or rename val/${name}/.`);
  if (classes.length > 0 && classes.every(({ valCount }) => valCount === 0) && problems.length === 0) {
    add('NO_VALIDATION_PICTURES', seeded ? 'Every class has a single picture, so none can be set aside for validation. Add at least one more picture.' : 'val/ has no picture that can be used. Add some, or remove val/ to have a part of train/ set aside by the seed.');
  }
  return problems;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
