import type { RunRow } from '@thaw/db';
import { userError, type UserError } from '../errors';

/** Why a run may not be written to, said alike wherever a run is written to. */
export const unknownRun = (field: string, id: string): UserError => userError(field, 'RUN_UNKNOWN', `There is no run ${id}. List them with the runs query or thaw runs.`);

export const deletedRun = (field: string, { name }: Pick<RunRow, 'name'>): UserError =>
  userError(field, 'RUN_DELETED', `Run "${name}" is deleted and cannot be changed. Bring it back with restoreRuns first.`);
