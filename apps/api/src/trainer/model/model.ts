import { type RunEvent, type RunStatus, type Transition, transitionFor } from '@thaw/run-states';

/** What the queue should hold, as one who read only the documentation would say. */
export interface ModelRun {
  id: string;
  kind: 'MANAGED';
  status: RunStatus;
  priority: number;
  label: string | null;
  cancelRequestedAt: boolean;
  pauseRequestedAt: boolean;
  finishRequestedAt: boolean;
  attempt: number;
  lostInARow: number;
  endReason: string | null;
  /** Epoch of the newest checkpoint. */
  checkpoint: number;
  /** The newest last. */
  claims: { token: string; trainer: number; outcome: string | null }[];
}

export interface ModelTrainer {
  labels: string[];
  draining: boolean;
  handBack: boolean;
}

export interface Model {
  /** In the order in which they were launched. */
  runs: ModelRun[];
  trainers: ModelTrainer[];
}

export const createModel = (): Model => ({
  runs: [],
  trainers: [['cpu'], ['cpu', 'lab'], ['wasm', 'lab']].map((labels) => ({ labels, draining: false, handBack: false })),
});

export const isRunning = ({ status }: ModelRun): boolean => status === 'RUNNING';
export const currentClaim = (run: ModelRun): ModelRun['claims'][number] => run.claims.at(-1)!;

/** What the trainer should be given: the highest priority, then the oldest. */
export function nextFor({ runs, trainers }: Model, trainer: number): ModelRun | undefined {
  const { labels, draining } = trainers[trainer]!;
  if (draining) return undefined;
  return runs.filter(({ status, label }) => status === 'QUEUED' && (label === null || labels.includes(label))).sort((a, b) => b.priority - a.priority)[0];
}

/** Applies the event; false when the state machine has no such transition now. */
export function happen(run: ModelRun, event: RunEvent, { outcome, endReason }: { outcome?: RunStatus; endReason?: string } = {}): Transition | null {
  const transition = transitionFor(run, event, outcome);
  if (!transition) return null;
  const { from, to, wishes, forgets, loses } = transition;
  run.status = to;
  if (wishes) run[`${wishes}RequestedAt`] = true;
  if (forgets) run[`${forgets}RequestedAt`] = false;
  if (loses) {
    run.lostInARow++;
    if (to === 'QUEUED' || to === 'PAUSED') run.attempt++;
  }
  if (from !== to && (to === 'FINISHED' || to === 'FAILED' || to === 'CANCELLED')) run.endReason = endReason && to !== 'CANCELLED' ? endReason : to === 'CANCELLED' ? 'CANCELLED' : 'TRAINER_LOST';
  return transition;
}

/** What the next beat of its trainer should bring. */
export function commandFor({ trainers }: Model, run: ModelRun): string {
  if (run.cancelRequestedAt) return 'CANCEL';
  if (run.pauseRequestedAt) return 'PAUSE';
  if (trainers[currentClaim(run).trainer]!.handBack) return 'RELEASE';
  return run.finishRequestedAt ? 'FINISH' : 'CONTINUE';
}
