import type { TableRunFragment } from '../../generated/graphql';
import type { GroupNode } from '../groups/group-tree';

/** A row of the table: a run (undefined while it is read) or the head of a group. */
export type Entry =
  | { kind: 'run'; run: TableRunFragment | undefined; depth: number }
  | { kind: 'group'; group: GroupNode }
  | { kind: 'note'; text: string; depth: number };

/** The rows of the table by their place, whatever they come from. */
export interface Entries {
  count: number;
  at: (index: number) => Entry;
  /** What is in sight, to be read if it was not. */
  ensure: (from: number, to: number) => void;
}
