import type { RunColumn } from './columns';

/** px */
export const rowHeight = 34;
export const headerHeight = 34;
export const tailWidth = 40;
/** Of the box to tick and, where there is room, the eye. */
export const leadWidth = (narrow: boolean) => (narrow ? 32 : 60);

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
  narrow: boolean;
  pinned: readonly CellPlace[];
  shown: readonly CellPlace[];
  before: number;
  after: number;
  width: number;
}
