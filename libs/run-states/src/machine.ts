/** What a run can be, in the order of its life. */
export const runStatuses = ['QUEUED', 'RUNNING', 'PAUSED', 'FINISHED', 'FAILED', 'CANCELLED'] as const;
export type RunStatus = (typeof runStatuses)[number];

export const runKinds = ['MANAGED', 'EXTERNAL'] as const;
export type RunKind = (typeof runKinds)[number];

/** What people ask of a run that a trainer works on; the trainer learns it at once and does it between two batches. */
export const wishes = ['cancel', 'pause', 'finish'] as const;
export type Wish = (typeof wishes)[number];

/** Lost trainers since the run last made progress: with this many the run itself is taken for the cause. */
export const mostLostInARow = 3;

/**
 * Events and who causes them. People: pause, resume, finishEarly, cancel. The trainer that holds the lease: settle
 * (the run's own end), release (handed back, unharmed), crash (its executor died). Time: expire (the trainer fell silent).
 * Any trainer: claim. The script of an external run: finish.
 */
export const runEvents = ['claim', 'pause', 'resume', 'finishEarly', 'cancel', 'settle', 'release', 'crash', 'expire', 'finish'] as const;
export type RunEvent = (typeof runEvents)[number];

/** What else must hold. Wishes: the run carries that wish. lostTooOften: this loss is the third in a row. */
export type Guard = 'cancelWished' | 'pauseWished' | 'lostTooOften';

export interface Transition {
  kind: RunKind;
  event: RunEvent;
  from: RunStatus;
  to: RunStatus;
  when?: Guard;
  /** Noted on the run. */
  wishes?: Wish;
  /** No longer wished. */
  forgets?: Wish;
  /** The trainer is lost: one attempt more. */
  loses?: true;
}

const managed = (event: RunEvent, from: RunStatus, to: RunStatus, more: Omit<Transition, 'kind' | 'event' | 'from' | 'to'> = {}): Transition => ({ kind: 'MANAGED', event, from, to, ...more });
const external = (event: RunEvent, from: RunStatus, to: RunStatus, more: Omit<Transition, 'kind' | 'event' | 'from' | 'to'> = {}): Transition => ({ kind: 'EXTERNAL', event, from, to, ...more });

/** A trainer that no longer has the run: what was wished comes true, since nobody is left to be asked. */
const afterLoss = (event: 'crash' | 'expire'): Transition[] => [
  managed(event, 'RUNNING', 'CANCELLED', { when: 'cancelWished', loses: true }),
  managed(event, 'RUNNING', 'PAUSED', { when: 'pauseWished', forgets: 'pause', loses: true }),
  managed(event, 'RUNNING', 'FAILED', { when: 'lostTooOften', loses: true }),
  managed(event, 'RUNNING', 'QUEUED', { loses: true }),
];

/**
 * The life of a run, whole. Of several transitions of one event from one status the first whose guard holds is taken;
 * those of settle and finish without a guard differ in what the caller says the outcome is.
 */
export const transitions: readonly Transition[] = [
  managed('claim', 'QUEUED', 'RUNNING'),
  managed('pause', 'QUEUED', 'PAUSED'),
  managed('resume', 'PAUSED', 'QUEUED'),
  managed('cancel', 'QUEUED', 'CANCELLED', { wishes: 'cancel' }),
  managed('cancel', 'PAUSED', 'CANCELLED', { wishes: 'cancel' }),

  managed('pause', 'RUNNING', 'RUNNING', { wishes: 'pause' }),
  managed('resume', 'RUNNING', 'RUNNING', { when: 'pauseWished', forgets: 'pause' }),
  managed('finishEarly', 'RUNNING', 'RUNNING', { wishes: 'finish', forgets: 'pause' }),
  managed('cancel', 'RUNNING', 'RUNNING', { wishes: 'cancel' }),

  managed('settle', 'RUNNING', 'FINISHED', { forgets: 'pause' }),
  managed('settle', 'RUNNING', 'FAILED', { forgets: 'pause' }),
  managed('settle', 'RUNNING', 'CANCELLED', { forgets: 'pause' }),

  managed('release', 'RUNNING', 'CANCELLED', { when: 'cancelWished' }),
  managed('release', 'RUNNING', 'PAUSED', { when: 'pauseWished', forgets: 'pause' }),
  managed('release', 'RUNNING', 'QUEUED'),
  ...afterLoss('crash'),
  ...afterLoss('expire'),

  external('cancel', 'RUNNING', 'RUNNING', { wishes: 'cancel' }),
  external('finish', 'RUNNING', 'FINISHED'),
  external('finish', 'RUNNING', 'FAILED'),
  external('finish', 'RUNNING', 'CANCELLED'),
];

/** Where a run begins. */
export const firstStatus: Record<RunKind, RunStatus> = { MANAGED: 'QUEUED', EXTERNAL: 'RUNNING' };
