import type { BackboneRow, RunRow } from '@thaw/db';
import type { QueueTrainer } from '@thaw/db/queries/trainer/list-queue-trainers';
import type { WaitingCode } from './waiting.type';

export interface Reason {
  code: WaitingCode;
  message: string;
}

type Demands = Pick<RunRow, 'requiredLabels' | 'requiredMemory' | 'requiredTrainer'>;

/** What stands between a queued run and a trainer, named so that somebody can do something about it. trainers: those alive, draining ones too. */
export function explainWaiting(run: Demands, backbone: Pick<BackboneRow, 'name' | 'status' | 'fetchError'>, trainers: readonly QueueTrainer[]): Reason {
  if (backbone.status !== 'READY') return { code: 'BACKBONE', message: backboneMessage(backbone) };
  if (trainers.length === 0) return { code: 'NO_TRAINER', message: `No trainer is alive. npm start runs one; on another machine start one with THAW_URL set to this server's address${startedWith(run)}.` };
  const able = trainers.filter((trainer) => missing(run, trainer).length === 0);
  if (able.length === 0) return { code: 'NO_MATCH', message: noMatch(run, trainers) };
  const taking = able.filter(({ state }) => state === 'ALIVE');
  if (taking.length === 0) return { code: 'DRAINED', message: `${listed(able)} could take it, but ${able.length === 1 ? 'is' : 'are'} draining. Resume ${able.length === 1 ? 'it' : 'one'}: thaw trainers resume ${able[0]!.name}.` };
  const free = taking.filter(({ slots, busy }) => busy < slots);
  if (free.length === 0) return { code: 'BUSY', message: `Every trainer that could take it is busy: ${listed(taking)}.` };
  return { code: 'SOON', message: `${free[0]!.name} has room and takes it as soon as it asks${run.requiredMemory ? ` and has ${run.requiredMemory} GiB of memory free` : ''}.` };
}

function backboneMessage({ name, status, fetchError }: Pick<BackboneRow, 'name' | 'status' | 'fetchError'>): string {
  if (status === 'FETCHING') return `Backbone ${name} is being downloaded.`;
  const fetch = `thaw backbone fetch ${name}`;
  return status === 'FAILED' ? `Backbone ${name} could not be downloaded: ${fetchError ?? 'no reason was noted'}. Try again: ${fetch}.` : `Backbone ${name} is not downloaded yet: ${fetch}.`;
}

interface Missing {
  what: string;
  advice: string;
}

/** Demands that this trainer does not meet, most telling first. */
function missing({ requiredLabels, requiredMemory, requiredTrainer }: Demands, { name, labels, memoryBytes }: QueueTrainer): Missing[] {
  const lacks = requiredLabels.filter((label) => !labels.includes(label));
  return [
    ...(requiredTrainer && requiredTrainer !== name ? [{ what: `is named ${requiredTrainer}`, advice: `Start it with THAW_TRAINER_NAME=${requiredTrainer}` }] : []),
    ...lacks.map((label) => ({ what: `has the label ${label}`, advice: `Start one there with THAW_TRAINER_LABELS=${requiredLabels.join(',')}` })),
    ...(requiredMemory && (memoryBytes === null || memoryBytes < requiredMemory * gib) ? [{ what: `has ${requiredMemory} GiB of memory`, advice: 'Start one on a larger machine' }] : []),
  ];
}

const gib = 2 ** 30;

/** "No trainer has the label gpu. Alive: laptop (wasm, 8 GiB). …" */
function noMatch(run: Demands, trainers: readonly QueueTrainer[]): string {
  const lacking = trainers.map((trainer) => missing(run, trainer));
  // What all of them lack is what is missing; else each lacks something of its own.
  const everywhere = lacking[0]!.filter(({ what }) => lacking.every((each) => each.some((other) => other.what === what)));
  const told = everywhere.length > 0 ? everywhere : [...new Map(lacking.flat().map((each) => [each.what, each])).values()];
  const demand = everywhere.length > 0 ? told.map(({ what }) => what).join(' or ') : `meets all of its constraints at once: ${told.map(({ what }) => what).join(', ')}`;
  return `No trainer ${demand}. Alive: ${listed(trainers)}. ${told[0]!.advice}, or remove the constraint.`;
}

const startedWith = ({ requiredLabels, requiredTrainer }: Demands) =>
  [requiredTrainer ? `, THAW_TRAINER_NAME=${requiredTrainer}` : '', requiredLabels.length === 0 ? '' : `, THAW_TRAINER_LABELS=${requiredLabels.join(',')}`].join('');

const mostListed = 5;

function listed(trainers: readonly QueueTrainer[]): string {
  const shown = trainers.slice(0, mostListed).map(({ name, backend, memoryBytes }) => `${name} (${[backend, memoryBytes === null ? null : `${Math.round((memoryBytes / gib) * 10) / 10} GiB`].filter(Boolean).join(', ')})`);
  return [...shown, ...(trainers.length > mostListed ? [`${trainers.length - mostListed} more`] : [])].join(', ');
}
