import type { RunRow } from '@thaw/db';
import { changeStatus, type PersonsEvent } from '@thaw/db/queries/run/change-status';
import { hasEnded, statusesBefore } from '@thaw/run-states';
import type { Services } from '../context';
import { userError, type UserError } from '../errors';
import type { Launched } from './launch';
import { deletedRun, unknownRun } from './refusals';

const words: Record<PersonsEvent, string> = { pause: 'paused', resume: 'resumed', finishEarly: 'finished early', cancel: 'cancelled' };

/** As it was asked for already: asking again, after a lost answer say, is no mistake. */
const isDone: Record<PersonsEvent, (run: RunRow) => boolean> = {
  pause: ({ status }) => status === 'PAUSED',
  resume: ({ kind, status }) => kind === 'MANAGED' && (status === 'QUEUED' || status === 'RUNNING'),
  finishEarly: ({ finishRequestedAt }) => finishRequestedAt !== null,
  cancel: ({ cancelRequestedAt }) => cancelRequestedAt !== null,
};

/** What a person asks of a run, or why it cannot be. */
export async function askOfRun({ db }: Pick<Services, 'db'>, id: string, event: PersonsEvent): Promise<Launched> {
  const changed = await changeStatus(db, id, event);
  if (changed.ok) return { run: changed.run, userErrors: [] };
  if (changed.reason === 'RUN_UNKNOWN') return { run: null, userErrors: [unknownRun('id', id)] };
  if (changed.reason === 'RUN_DELETED') return { run: changed.run, userErrors: [deletedRun('id', changed.run)] };
  return { run: changed.run, userErrors: isDone[event](changed.run) ? [] : [refuse(event, changed.run)] };
}

function refuse(event: PersonsEvent, { name, kind, status }: RunRow): UserError {
  if (kind === 'EXTERNAL' && event !== 'cancel') return userError('id', 'RUN_EXTERNAL', `Run "${name}" is logged by a script, which cannot be told to pause or to end early. cancelRun notes a wish that the script may look at.`);
  const possible = statusesBefore(event, kind).join(' or ');
  const message = `Run "${name}" is ${status}${hasEnded(status) ? ' already' : ''}; only a run that is ${possible} can be ${words[event]}.`;
  return userError('id', hasEnded(status) ? 'RUN_ENDED' : `RUN_${status}`, `${message}${advice(event, status)}`);
}

function advice(event: PersonsEvent, status: RunRow['status']): string {
  if (hasEnded(status)) return ' To train it again, clone it: cloneRun.';
  if (event === 'finishEarly') return ` It has no trainer that could evaluate its best model: ${status === 'PAUSED' ? 'resume it first, or cancel it' : 'wait until one has it, or cancel it'}.`;
  return '';
}
