import { type Guard, mostLostInARow, runEvents, type RunEvent, type RunKind, type RunStatus, runStatuses, type Transition, transitions } from './machine';

/** What the guards look at. A dashboard that knows a run has all of it. */
export interface RunState {
  kind: RunKind;
  status: RunStatus;
  cancelRequestedAt?: unknown;
  pauseRequestedAt?: unknown;
  lostInARow?: number;
}

const holds: Record<Guard, (run: RunState) => boolean> = {
  cancelWished: ({ cancelRequestedAt }) => Boolean(cancelRequestedAt),
  pauseWished: ({ pauseRequestedAt }) => Boolean(pauseRequestedAt),
  lostTooOften: ({ lostInARow = 0 }) => lostInARow + 1 >= mostLostInARow,
};

/** In the order in which their guards are tried. */
export const transitionsOf = (event: RunEvent, kind: RunKind, from?: RunStatus): Transition[] =>
  transitions.filter((each) => each.event === event && each.kind === kind && (from === undefined || each.from === from));

/** What the event does to this run; null when it may not happen now. outcome: for settle and finish, which of their ends. */
export function transitionFor(run: RunState, event: RunEvent, outcome?: RunStatus): Transition | null {
  return transitionsOf(event, run.kind, run.status).find(({ when, to }) => (outcome === undefined || to === outcome) && (!when || holds[when](run))) ?? null;
}

/** Whether a button for it makes sense. A wish that is there already may be repeated, but need not be offered. */
export const mayHappen = (run: RunState, event: RunEvent): boolean => transitionFor(run, event) !== null;

/** The statuses in which it may happen, for messages and conditions. */
export const statusesBefore = (event: RunEvent, kind: RunKind = 'MANAGED'): RunStatus[] =>
  runStatuses.filter((status) => transitionsOf(event, kind, status).length > 0);

/** Nothing leads out of these. */
export const endStatuses: RunStatus[] = runStatuses.filter((status) => !transitions.some(({ from }) => from === status));

export const hasEnded = (status: RunStatus): boolean => endStatuses.includes(status);

/** What a settled run or a finished one may have become. */
export const outcomesOf = (event: 'settle' | 'finish'): RunStatus[] => transitionsOf(event, event === 'settle' ? 'MANAGED' : 'EXTERNAL').map(({ to }) => to);

/** What may be done to a run of that status, whatever its wishes are. */
export const eventsFrom = (status: RunStatus, kind: RunKind): RunEvent[] => runEvents.filter((event) => transitionsOf(event, kind, status).length > 0);
