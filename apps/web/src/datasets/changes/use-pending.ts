'use client';

import type { Split } from '../../generated/graphql';
import { useDraft } from '../../draft/use-draft';
import { useProject } from '../../shell/project-context';
import { type Change, countChanges, move, noChanges, type Pending, remove, type Shown, undo } from './pending';

export interface Editing {
  pending: Pending;
  count: number;
  /** Whether the shown version is the one the changes are to. */
  here: boolean;
  move: (pictures: readonly Shown[], to: { label?: string; split?: Split }) => void;
  remove: (pictures: readonly Shown[]) => void;
  add: (additions: Record<string, Change>, newClasses: readonly string[]) => void;
  rename: (from: string, to: string) => void;
  addClass: (name: string) => void;
  undo: (path: string) => void;
  undoRename: (from: string) => void;
  /** These changes, to this version, instead. */
  replace: (version: number, changes: Pick<Pending, 'changes' | 'renames'>) => void;
  discard: () => void;
}

/** Changes to a version of a dataset, kept in the browser until they are a version of their own. */
export function usePending(name: string, version: number, latest: number): Editing {
  const { draft: pending, change, reset } = useDraft<Pending>(`dataset-changes:${useProject()}:${name}`, noChanges);
  const count = countChanges(pending);
  const begun = count > 0 ? {} : { base: version, latest };
  const setChanges = (changes: Pending['changes']) => change({ ...begun, changes });
  return {
    pending,
    count,
    here: count === 0 || pending.base === version,
    move: (pictures, to) => setChanges(move(pending.changes, pictures, to)),
    remove: (pictures) => setChanges(remove(pending.changes, pictures)),
    add: (additions, newClasses) => change({ ...begun, changes: { ...pending.changes, ...additions }, newClasses: [...new Set([...pending.newClasses, ...newClasses])] }),
    rename: (from, to) => change({ ...begun, renames: to === from ? without(pending.renames, from) : { ...pending.renames, [from]: to } }),
    addClass: (added) => change({ newClasses: [...new Set([...pending.newClasses, added])] }),
    undo: (path) => setChanges(undo(pending.changes, path)),
    undoRename: (from) => change({ renames: without(pending.renames, from) }),
    replace: (base, changes) => change({ base, latest: base, ...changes }),
    discard: reset,
  };
}

const without = (renames: Record<string, string>, from: string) => Object.fromEntries(Object.entries(renames).filter(([each]) => each !== from));
