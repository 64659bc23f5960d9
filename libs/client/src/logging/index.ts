export type { EndStatus } from './messages';
export type { Problem } from './problem';
export type { LoggedRun, LogOptions, RunOutcome } from './run';
export { startRun, type RunOptions } from './start-run';
