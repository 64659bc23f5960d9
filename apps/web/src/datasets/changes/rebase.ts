import type { Change, Pending, Shown } from './pending';
import { freePath } from './place-files';

/** A picture of the version that the changes are put onto. */
export interface Found extends Shown { sha256: string }

export interface Rebased {
  changes: Pending['changes'];
  renames: Pending['renames'];
  /** Changes that this version holds already. */
  held: number;
  /** Changes of pictures and classes that it no longer has. */
  gone: number;
}

/** The same changes, to another version. found: of its pictures, those with a path or with the bytes of one that is changed. */
export function rebase({ changes, renames }: Pending, classes: readonly { name: string }[], found: readonly Found[]): Rebased {
  const byPath = new Map(found.map(({ sha256: _, ...picture }) => [picture.path, picture]));
  const bytes = new Set(found.map(({ sha256 }) => sha256));
  const taken = new Set([...byPath.keys(), ...Object.keys(changes)]);
  const next: Rebased = { changes: {}, renames: {}, held: 0, gone: 0 };
  for (const [path, change] of Object.entries(changes)) {
    if (change.kind === 'add') {
      if (bytes.has(change.sha256)) next.held++;
      else {
        const free = byPath.has(path) ? freePath(change.label, path.split('/').at(-1)!, taken) : path;
        taken.add(free);
        next.changes[free] = change;
      }
      continue;
    }
    const now = byPath.get(path);
    const again = now && changeAgain(change, now);
    if (again) next.changes[path] = again;
    else if (now || change.kind === 'remove') next.held++;
    else next.gone++;
  }
  for (const [from, to] of Object.entries(renames)) {
    if (classes.some(({ name }) => name === from)) next.renames[from] = to;
    else if (classes.some(({ name }) => name === to)) next.held++;
    else next.gone++;
  }
  return next;
}

/** Only what the change was about is set; what else came of the picture meanwhile stays. Null when nothing is left to do. */
function changeAgain(change: Exclude<Change, { kind: 'add' }>, now: Shown): Change | null {
  if (change.kind === 'remove') return { kind: 'remove', was: now };
  const label = change.label === change.was.label ? now.label : change.label;
  const split = change.split === change.was.split ? now.split : change.split;
  return label === now.label && split === now.split ? null : { kind: 'move', was: now, label, split };
}
