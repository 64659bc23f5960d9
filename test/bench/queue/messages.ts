/** What the benchmark tells the process that plays the trainers; each is answered with Done. */
export type Task =
  | { task: 'register'; url: string; trainers: number }
  /** Every trainer claims until nothing waits any more. */
  | { task: 'drain' }
  /** Every trainer listens to runQueued, claims when it is told to, and settles at once. */
  | { task: 'listen' }
  | { task: 'stop' };

export interface Done {
  /** Claims of each trainer. */
  claims: number[];
  /** From the first request to the last answer that was a run. */
  seconds: number;
  /** Milliseconds of each request. */
  latencies: number[];
  /** Requests that were answered without a run. */
  empty: number;
}
