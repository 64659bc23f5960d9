/** A run taken from the queue; the token proves it in every write. */
export interface Claim {
  runId: string;
  name: string;
  attempt: number;
  leaseToken: string;
}

/** Why a run is to stop before its end; the reason of its AbortSignal. */
export class Interruption extends Error {
  override name = 'AbortError';
  constructor(readonly kind: 'cancelled' | 'lease lost' | 'shutdown') {
    super(`The run is to stop: ${kind}.`);
  }
}
