import { mayHappen, type RunState } from '@thaw/run-states';
import type { RunRowFragment } from '../generated/graphql';

/** What a person can ask of a run. */
export type Control = 'pause' | 'resume' | 'finishEarly' | 'cancel';

export type Controlled = Pick<RunRowFragment, 'id' | 'name' | 'kind' | 'status' | 'pauseRequestedAt' | 'finishRequestedAt' | 'cancelRequestedAt' | 'lostInARow' | 'startedAt'>;

const controls: Control[] = ['pause', 'resume', 'finishEarly', 'cancel'];

/** The buttons that make sense now: what may happen, and is not on its way already. */
export function controlsFor(run: Controlled): Control[] {
  const { cancelRequestedAt, finishRequestedAt, pauseRequestedAt } = run;
  const onItsWay: Record<Control, unknown> = {
    // Whoever is about to end needs no pause.
    pause: pauseRequestedAt ?? finishRequestedAt ?? cancelRequestedAt,
    resume: run.status === 'RUNNING' ? cancelRequestedAt : null,
    finishEarly: finishRequestedAt ?? cancelRequestedAt,
    cancel: cancelRequestedAt,
  };
  return controls.filter((control) => mayHappen(run as RunState, control) && !onItsWay[control]);
}

/** What a button says: while a run still trains, "resume" means to let it. */
export const controlLabel = (control: Control, { status }: Pick<Controlled, 'status'>): string =>
  ({ pause: 'Pause', resume: status === 'RUNNING' ? 'Do not pause' : 'Resume', finishEarly: 'Finish early', cancel: 'Cancel run' })[control];

/** What is lost, asked before; null when nothing is, or it can be taken back. */
export function confirmation(control: Control, run: Controlled): { title: string; text: string; verb: string } | null {
  if (control === 'finishEarly') {
    return { title: `Finish ${run.name} early?`, text: 'Training stops at the next batch. The best model so far is evaluated and kept, and the run ends as finished. It cannot be trained further.', verb: 'Finish early' };
  }
  // Nothing has been learned that could be lost.
  if (control !== 'cancel' || run.kind === 'EXTERNAL' || !run.startedAt) return null;
  return { title: `Cancel ${run.name}?`, text: 'What it has learned is not evaluated, and no model is kept. To keep the best model so far, finish it early instead.', verb: 'Cancel run' };
}

/** What happens now, honestly: a running trainer is asked, a waiting run is changed at once. */
export function outcomeOf(control: Control, { name, kind, status }: Pick<Controlled, 'name' | 'kind' | 'status'>): string {
  const running = status === 'RUNNING';
  if (control === 'cancel') return kind === 'EXTERNAL' ? `The script of ${name} is asked to stop; it does when it looks.` : running ? `${name} stops at its next batch.` : `${name} is cancelled.`;
  if (control === 'pause') return running ? `${name} pauses at its next batch, once its checkpoint is stored.` : `${name} is paused.`;
  if (control === 'finishEarly') return `${name} stops training at its next batch and is evaluated.`;
  return running ? `${name} goes on.` : `${name} is queued again and goes on from its checkpoint.`;
}

/** What is wished of a run and has not happened yet. */
export function pendingWish({ kind, status, cancelRequestedAt, finishRequestedAt, pauseRequestedAt }: Partial<Controlled>): string | null {
  if (status !== 'RUNNING') return null;
  if (cancelRequestedAt) return kind === 'EXTERNAL' ? 'asked to stop' : 'cancelling at the next batch …';
  if (finishRequestedAt) return 'finishing early …';
  return pauseRequestedAt ? 'pausing at the next batch …' : null;
}
