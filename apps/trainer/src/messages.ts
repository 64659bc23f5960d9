import type { ArtifactKind, CheckpointRetention, LogMetricsInput, SettleRunInput } from '@thaw/client';
import type { ClaimedRun, StopReason } from './claim';
import type { BackendName } from './env';

/**
 * Until when the lease is known to be held, by the machine's monotonic clock and by its wall clock: the first stands
 * still while a laptop sleeps, the second may be set. What is past by either is not known any more.
 */
export interface LeaseEnd {
  monotonicMs: number;
  wallMs: number;
}

export interface Order {
  claim: ClaimedRun;
  /** Files for the daemon go here; it removes them. */
  scratchFolder: string;
  leaseEnd: LeaseEnd;
  /** The claim's, for the journal alone: the executor writes nothing to the API. */
  token: string;
}

export type ToExecutor =
  | { type: 'run'; order: Order }
  | { type: 'lease'; leaseEnd: LeaseEnd }
  | { type: 'stop'; reason: StopReason }
  | { type: 'finish early' }
  | { type: 'leave' };

/** What the executor's process computes with. */
export interface ExecutorFacts {
  backend: BackendName;
  environment: Record<string, unknown>;
  /** Resident, before the first run. */
  residentBytes: number;
}

/** A file's name in the artifact, and where its bytes are. */
export interface WrittenFile {
  path: string;
  file: string;
}

export interface WrittenCheckpoint {
  epoch: number;
  batch: number;
  best: boolean;
  keep: CheckpointRetention;
  files: WrittenFile[];
}

export type Result = Pick<SettleRunInput, 'status' | 'endReason' | 'bestEpoch' | 'epochs' | 'finalMetrics' | 'error' | 'environment'>;

/** interrupted: stopped on its way, after so many epochs; the daemon knows what for. */
export type RunEnd = { kind: 'ended'; result: Result } | { kind: 'interrupted'; epochs: number };

export type FromExecutor =
  | { type: 'ready'; facts: ExecutorFacts }
  | { type: 'unusable'; message: string }
  | { type: 'phase'; phase: string }
  | { type: 'metrics'; columns: LogMetricsInput['columns'] }
  | { type: 'artifact'; name: string; kind: ArtifactKind; files: WrittenFile[] }
  | ({ type: 'checkpoint' } & WrittenCheckpoint)
  /** What the run would be settled with if it were cancelled now. */
  | { type: 'so far'; result: Result }
  /** The event loop turns; nothing else is said by it. */
  | { type: 'alive' }
  /** fit: may be given another run. */
  | { type: 'end'; end: RunEnd; fit: boolean; residentBytes: number };

/** Printed on both streams when a run is over: what came before it belongs to the run. */
export const endMark = '\0end of output';
