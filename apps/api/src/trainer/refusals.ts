import { userError, type UserError } from '../errors';

export const unknownTrainer = (field: string, id: string): UserError => userError(field, 'TRAINER_UNKNOWN', `There is no trainer ${id}. List them with the trainers query or thaw trainers.`);

/** Said to the trainer itself, which knows what to do. */
export const unregistered = (id: string): UserError => userError('trainerId', 'TRAINER_UNKNOWN', `There is no trainer ${id}, or it said goodbye. Call registerTrainer first.`);

export const leaseLost = (runId: string): UserError =>
  userError('leaseToken', 'LEASE_LOST', `The lease on run ${runId} is no longer yours: it expired, or the run ended. Stop working on it and claim another.`);
