import { uuidv7 } from 'uuidv7';
import { defaultUrl } from '../default-url';
import type { Problem } from './problem';
import { LoggedRun } from './run';
import { spoolFolder } from './spool-folder';

export interface RunOptions {
  /** Made when there is none of that name. */
  project: string;
  /** Default: the API chooses one. */
  name?: string;
  /** Any nested object: what the run was started with. */
  config?: Record<string, unknown>;
  tags?: readonly string[];
  notes?: string;
  /** Names of a dataset and a backbone in Thaw, so that the run shows up with them. */
  dataset?: string;
  /** Default: the latest. */
  datasetVersion?: number;
  backbone?: string;
  /** Id of the run that this one goes on from. */
  parentRun?: string;
  /** Address of the API. Default: THAW_URL, else http://127.0.0.1:4000. */
  url?: string;
  /** Default: THAW_TOKEN. */
  token?: string;
  /** Folder that keeps what is not sent yet. Default: THAW_SPOOL, else ~/.thaw/spool. */
  spool?: string;
  /** Most bytes in that folder. Default: THAW_SPOOL_BYTES, else 2 GB. */
  spoolBytes?: number;
  /** How long finish() and the end of the process wait for what is not sent yet, in milliseconds. Default: THAW_DRAIN_MS, else 10,000. */
  drainMs?: number;
  /** Told once for each kind of problem. */
  onProblem?: (problem: Problem) => void;
}

/** Starts a run and returns at once, whether or not the API can be reached. */
export function startRun(options: RunOptions): LoggedRun {
  const { project, name, config, tags, notes, dataset, datasetVersion, backbone, parentRun } = options;
  const start = {
    id: uuidv7(), project, name, tags: tags && [...tags], notes, dataset, datasetVersion, backbone, parentRun,
    startedAt: new Date().toISOString(),
  };
  const to = {
    url: (options.url ?? (process.env.THAW_URL || defaultUrl)).replace(/\/+$/, ''),
    token: options.token ?? process.env.THAW_TOKEN,
    spool: spoolFolder(options.spool),
    spoolBytes: options.spoolBytes ?? amount(process.env.THAW_SPOOL_BYTES) ?? 2e9,
  };
  const run = new LoggedRun(start, to, { drainMs: options.drainMs ?? amount(process.env.THAW_DRAIN_MS) ?? 10_000, onProblem: options.onProblem });
  if (config !== undefined) run.config(config);
  return run;
}

/** A variable that holds no number counts as unset. */
function amount(text: string | undefined): number | undefined {
  const number = Number(text || Number.NaN);
  return number >= 0 ? number : undefined;
}
