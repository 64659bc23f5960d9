import { createContext, useContext } from 'react';
import type { Controlled, Control } from '../run-controls';

/** What can be done to a row; one object for as long as the page lives, so that rows need not be drawn again. */
export interface RowActions {
  /** extend: all between the row that was ticked last and this one. */
  select: (index: number, id: string, on: boolean, extend: boolean) => void;
  hide: (ids: readonly string[], on: boolean) => void;
  colour: (id: string, place: number | null) => void;
  compareWith: (id: string | null) => void;
  act: (control: Control, run: Controlled) => void;
  archive: (id: string, on: boolean) => void;
  remove: (id: string) => void;
}

export const RowActionsContext = createContext<RowActions | null>(null);

export function useRowActions(): RowActions {
  const actions = useContext(RowActionsContext);
  if (!actions) throw new Error('A row stands outside of the runs table.');
  return actions;
}
