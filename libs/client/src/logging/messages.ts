import type { MessagePort } from 'node:worker_threads';

export type EndStatus = 'FINISHED' | 'FAILED' | 'CANCELLED';

export interface RunEnd {
  status: EndStatus;
  error?: string;
  /** ISO 8601 */
  endedAt: string;
}

/** What createRun is sent, apart from the facts that the worker looks up. */
export interface RunStart {
  id: string;
  project: string;
  name?: string;
  config?: Record<string, unknown>;
  tags?: string[];
  notes?: string;
  dataset?: string;
  datasetVersion?: number;
  backbone?: string;
  parentRun?: string;
  startedAt: string;
}

/** Of the process that logs. */
export interface Script {
  folder: string;
  /** As it was started, program first. */
  command: string[];
}

/** Where one run is sent, and where it is kept until then. */
export interface Destination {
  url: string;
  token?: string;
  spool: string;
  /** Most bytes in that folder. */
  spoolBytes: number;
}

export type ArtifactKind = 'FILE' | 'IMAGE' | 'TABLE' | 'CONFUSION_MATRIX' | 'TEXT';

export interface NewArtifact {
  name: string;
  kind: ArtifactKind;
  /** Name of the file within the artifact. */
  fileName: string;
  /** A string is the absolute path of a file to copy. */
  content: string | Uint8Array;
  metadata?: Record<string, unknown>;
}

export interface RunUpdate {
  name?: string;
  config?: Record<string, unknown>;
  tags?: string[];
  notes?: string;
}

/** Script → worker. They arrive in order; points travel beside them in shared memory. */
export type ToWorker =
  | { type: 'run'; run: number; start: RunStart; script: Script; to: Destination }
  | { type: 'series'; series: number; run: number; key: string }
  | { type: 'segment'; memory: SharedArrayBuffer }
  | { type: 'update'; run: number; update: RunUpdate }
  | { type: 'artifact'; run: number; artifact: NewArtifact }
  | { type: 'end'; run: number; end: RunEnd }
  /** Answered through `drained` in the control memory: the script's thread is blocked meanwhile. */
  | { type: 'drain'; withinMs: number };

/** Worker → script. */
export type FromWorker =
  | { type: 'warning'; message: string }
  /** Of one run, or of all. */
  | { type: 'problem'; run: number | null; code: string; message: string; count: number }
  /** Everything of the run has arrived, or the API refuses it for good. */
  | { type: 'settled'; run: number; delivered: boolean };

export interface WorkerData {
  port: MessagePort;
  control: SharedArrayBuffer;
}

/** Places in the control memory. */
export const control = { bytes: 8, drained: 0, readSegments: 1 } as const;
