import type { TrainerFacts } from '@thaw/db/queries/trainer/upsert-trainer';
import { isLabel } from '@thaw/run-states';
import { userError, type UserError } from '../errors';
import { checkName } from '../names';
import { checkTrainerLabels } from '../run/constraints';
import type { RegisterTrainerInput } from './trainer.input';

const mostSlots = 1000;
const mostDevices = 100;
/** Every backend that computes on a GPU. */
const gpuBackends = ['tfjs-node-gpu'];

export function checkTrainer({ name, backend, environment, labels, memoryBytes, slots, devices }: RegisterTrainerInput): UserError[] {
  const problems = [...checkName('name', name), ...checkName('backend', backend), ...checkEnvironment(environment), ...checkTrainerLabels('labels', labels ?? []), ...checkBytes('memoryBytes', memoryBytes)];
  if (slots !== null && slots !== undefined && (slots < 1 || slots > mostSlots)) problems.push(userError('slots', 'INVALID_SLOTS', `slots is ${slots}. Give the number of runs the trainer works on at a time, 1 to ${mostSlots}.`));
  if (devices && devices.length > mostDevices) problems.push(userError('devices', 'TOO_MANY_DEVICES', `There are ${devices.length} devices; ${mostDevices} are shown.`));
  devices?.forEach((device, index) => problems.push(...checkName(`devices.${index}.name`, device.name), ...checkBytes(`devices.${index}.memoryBytes`, device.memoryBytes)));
  return problems;
}

/** With the labels that come by themselves. */
export function factsOf({ name, backend, environment, labels, memoryBytes, slots, devices }: RegisterTrainerInput): TrainerFacts {
  const all = [...(labels ?? []), ...(isLabel(backend) ? [backend] : []), ...(gpuBackends.includes(backend) ? ['gpu'] : [])];
  return {
    name,
    backend,
    labels: [...new Set(all)].sort(),
    memoryBytes: memoryBytes ?? null,
    slots: slots ?? 1,
    devices: (devices ?? []).map((device) => ({ name: device.name, memoryBytes: device.memoryBytes ?? null })),
    environment: (environment ?? null) as TrainerFacts['environment'],
  };
}

export function checkEnvironment(environment: unknown): UserError[] {
  if (environment === undefined || environment === null || (typeof environment === 'object' && !Array.isArray(environment))) return [];
  return [userError('environment', 'INVALID_ENVIRONMENT', 'environment must be a JSON object of facts, such as { "node": "20.20.0" }.')];
}

export function checkBytes(field: string, bytes: number | null | undefined): UserError[] {
  if (bytes === null || bytes === undefined || (Number.isSafeInteger(bytes) && bytes >= 0)) return [];
  return [userError(field, 'INVALID_BYTES', `${field} is ${bytes}. Give a whole number of bytes, or leave it out.`)];
}
