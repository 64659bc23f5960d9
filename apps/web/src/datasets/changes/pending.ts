import type { CreateDatasetVersionInput, Split } from '../../generated/graphql';

/** A picture as the version shows it. */
export interface Shown { path: string; label: string; split: Split; url: string }

interface Removal { kind: 'remove'; was: Shown }
interface Move { kind: 'move'; was: Shown; label: string; split: Split }
/** Its bytes are stored already. split null: the seed of the dataset decides. */
interface Addition { kind: 'add'; sha256: string; label: string; split: Split | null }
export type Change = Removal | Move | Addition;

/** Changes to a version that are not made yet, by path. */
export interface Pending {
  /** The version they are to; null while there are none. */
  base: number | null;
  /** The latest version when the first of them was made. */
  latest: number | null;
  changes: Record<string, Change>;
  /** New names of classes, by the old ones. */
  renames: Record<string, string>;
  /** Classes that relabelling may fill although the version does not have them. */
  newClasses: string[];
}

export const noChanges: Pending = { base: null, latest: null, changes: {}, renames: {}, newClasses: [] };

export const countChanges = ({ changes, renames }: Pending): number => Object.keys(changes).length + Object.keys(renames).length;

/** Puts pictures into a class, a split or both. One that is back where it was is not changed. */
export function move(changes: Pending['changes'], pictures: readonly Shown[], to: { label?: string; split?: Split }): Pending['changes'] {
  const next = { ...changes };
  for (const picture of pictures) {
    const before = next[picture.path];
    if (before?.kind === 'add') {
      next[picture.path] = { ...before, label: to.label ?? before.label, split: to.split ?? before.split };
      continue;
    }
    const label = to.label ?? (before?.kind === 'move' ? before.label : picture.label);
    const split = to.split ?? (before?.kind === 'move' ? before.split : picture.split);
    if (label === picture.label && split === picture.split) delete next[picture.path];
    else next[picture.path] = { kind: 'move', was: picture, label, split };
  }
  return next;
}

export function remove(changes: Pending['changes'], pictures: readonly Shown[]): Pending['changes'] {
  const next = { ...changes };
  for (const was of pictures) next[was.path] = { kind: 'remove', was };
  return next;
}

export function undo(changes: Pending['changes'], path: string): Pending['changes'] {
  return Object.fromEntries(Object.entries(changes).filter(([each]) => each !== path));
}

export interface ClassCount { name: string; trainCount: number; valCount: number }

/** The classes as they would be; additions that the seed places count as training pictures. */
export function classesAfter(classes: readonly ClassCount[], { changes, renames }: Pending): ClassCount[] {
  const counts = new Map(classes.map(({ name, ...rest }) => [name, { ...rest }]));
  const add = (label: string, split: Split | null, by: number) => {
    const entry = counts.get(label) ?? { trainCount: 0, valCount: 0 };
    entry[split === 'VAL' ? 'valCount' : 'trainCount'] += by;
    counts.set(label, entry);
  };
  for (const change of Object.values(changes)) {
    if (change.kind !== 'add') add(change.was.label, change.was.split, -1);
    if (change.kind !== 'remove') add(change.label, change.split, 1);
  }
  const named = new Map<string, ClassCount>();
  for (const [old, { trainCount, valCount }] of counts) {
    const name = renames[old] ?? old;
    const same = named.get(name) ?? { name, trainCount: 0, valCount: 0 };
    named.set(name, { name, trainCount: same.trainCount + trainCount, valCount: same.valCount + valCount });
  }
  return [...named.values()].filter(({ trainCount, valCount }) => trainCount + valCount > 0).sort((a, b) => a.name.localeCompare(b.name));
}

/** What the server would refuse, before it is asked. */
export function problemsOf(classes: readonly ClassCount[]): string[] {
  if (classes.length === 1) return [`Only the class ${classes[0]!.name} would be left. A classifier needs two or more.`];
  return classes.filter(({ trainCount }) => trainCount === 0).map(({ name, valCount }) => `${name} would have ${valCount} validation and no training pictures. Keep or move some to training, or remove the class whole.`);
}

/** renamed: every picture of the classes that get another name. */
export function toInput(dataset: string, project: string, { base, latest, changes, renames, newClasses }: Pending, renamed: readonly Pick<Shown, 'path' | 'label'>[]): CreateDatasetVersionInput {
  const entries = Object.entries(changes);
  const finalName = (label: string) => renames[label] ?? label;
  const relabel = new Map<string, { path: string; label?: string; split?: Split }>(renamed.map(({ path, label }) => [path, { path, label: finalName(label) }]));
  for (const [path, change] of entries) {
    if (change.kind === 'remove') relabel.delete(path);
    else if (change.kind === 'move') relabel.set(path, { path, label: finalName(change.label), split: change.split });
    else if (change.split !== null || finalName(change.label) !== folderOf(path)) relabel.set(path, { path, label: finalName(change.label), ...(change.split && { split: change.split }) });
  }
  return {
    dataset, project, baseVersion: base, onlyOnto: latest,
    files: entries.flatMap(([path, change]) => (change.kind === 'add' ? [{ path, sha256: change.sha256 }] : [])),
    remove: entries.flatMap(([path, { kind }]) => (kind === 'remove' ? [path] : [])),
    relabel: [...relabel.values()],
    newClasses: [...new Set([...newClasses, ...Object.values(renames)])].filter((name) => [...relabel.values()].some(({ label }) => label === name)),
  };
}

const folderOf = (path: string) => path.split('/')[0]!;
