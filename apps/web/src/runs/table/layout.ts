import type { RunColumn } from './columns';

/** px */
export const rowHeight = 34;
export const headerHeight = 34;
/** Of the box to tick and, beside it, the eye; where there is little room the row's menu, which else has a place at the end. */
export const leadWidth = 60;
export const tailWidth = (narrow: boolean) => (narrow ? 0 : 40);

/** Pinned cells stick only once the table is scrolled across: a cell that sticks is a layer of its own, and many slow the scroll down. */
export const pinnedClass = 'left-0 z-10 group-data-across/grid:sticky';

export interface CellPlace {
  column: RunColumn;
  /** Among all columns, from 0. */
  index: number;
  width: number;
}

/** Which cells are drawn, and the room of those that are not. */
export interface Layout {
  lead: number;
  tail: number;
  narrow: boolean;
  pinned: readonly CellPlace[];
  shown: readonly CellPlace[];
  before: number;
  after: number;
  width: number;
}
