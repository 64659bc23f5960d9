/** A run taken from the queue. */
export interface ClaimedRun {
  runId: string;
  name: string;
  attempt: number;
}

/** The token proves the claim in every write; the executor, which writes nothing, does without. */
export interface Claim extends ClaimedRun {
  leaseToken: string;
  leaseSeconds: number;
  /** What the run has of time behind it, since its first claim. */
  secondsBefore: number;
  /** What it says it needs; 0: nothing. */
  memoryBytes: number;
}

/** Why a run is to stop before its end. After 'shutdown' and 'paused' it is continued some day, after 'lease lost' by somebody else. */
export type StopReason = 'cancelled' | 'lease lost' | 'shutdown' | 'paused';

/** The reason of the AbortSignal of a run that is to stop. */
export class Interruption extends Error {
  override name = 'AbortError';
  constructor(readonly kind: StopReason) {
    super(`The run is to stop: ${kind}.`);
  }
}
