import * as tf from '@tensorflow/tfjs';
import type { StoredTensor } from '@thaw/model-zoo';
import { slotsOf } from '../optimizer/optimizer';
import { createSchedule } from '../schedule/schedule';
import type { ModelFile } from '../save-model';
import { bestFile, currentFile, type SavedEpoch, type SavedState } from './capture';
import { CheckpointUnfit, type ResumedFrom } from './checkpoint';
import { readFiles, runFile } from './checkpoint-files';
import { checkIdentity, type Identity } from './identity';
import { keptEpoch, type FinishedEpoch } from './progress';
import type { Training } from './training';

type Tensors = ReadonlyMap<string, StoredTensor>;

export interface OpenCheckpoint {
  from: ResumedFrom;
  /** Those of `files` that belong to it. */
  files: ModelFile[];
  /** Puts a training that has not begun where the checkpoint was taken. Throws CheckpointUnfit before it touches anything. */
  restore(training: Training): void;
}

/** Throws CheckpointUnfit when it is damaged, or not of this run. */
export function openCheckpoint(given: readonly ModelFile[], identity: Identity): OpenCheckpoint {
  const { state, files, tensors } = readFiles<SavedState>(runFile, given);
  checkIdentity(state.identity, identity);
  const { running, last } = state.progress;
  const batch = running?.batches ?? 0;
  return {
    files,
    from: { epoch: batch > 0 ? running!.epoch : (last?.epoch ?? 0), batch, backend: state.identity.backend },
    restore: (training) => restore(training, state, tensors.get(bestFile), tensors.get(currentFile)),
  };
}

function restore(training: Training, state: SavedState, best: Tensors = nothing, current: Tensors = nothing): void {
  const { optimizer, bestWeights, config, progress } = training;
  const kept = weightsIn(best, training);
  const moved = weightsIn(current, training);
  const now = moved.size > 0 ? moved : kept;
  const memories = Object.entries(state.steps).map(([name, steps]) => {
    const variable = variableOf(name, training);
    return { variable, steps, slots: slotsOf(config).map((slot): [string, StoredTensor] => [slot, fitting(`optimizer/${name}/${slot}`, variable, current)]) };
  });

  now.forEach((value, variable) => tf.tidy(() => variable.assign(toTensor(value))));
  if (kept.size > 0) bestWeights.put(new Map([...kept].map(([variable, value]) => [variable, toTensor(value)])));
  bestWeights.cover([...now.keys()]);
  for (const { variable, steps, slots } of memories) optimizer.remember(variable, { steps, slots: Object.fromEntries(slots.map(([slot, value]) => [slot, toTensor(value)])) });
  training.schedule = createSchedule(config, state.scale, state.plateau);
  training.found = state.found;
  training.reused = state.reused;
  const last = state.progress.last && withArrays(state.progress.last, current);
  const savedKept = keptEpoch(state.progress, config);
  const keptNow = savedKept && withArrays(savedKept, best);
  const known = (saved: SavedEpoch | null, otherwise: FinishedEpoch | null) => (saved?.epoch === keptNow?.epoch ? keptNow : otherwise);
  Object.assign(progress, state.progress, { last: known(state.progress.last, last), best: known(state.progress.best, state.progress.best && withArrays(state.progress.best, nothing)) });
}

const nothing: Tensors = new Map();

function weightsIn(tensors: Tensors, training: Training): Map<tf.Variable, StoredTensor> {
  const names = [...tensors.keys()].filter((name) => name.startsWith('weights/'));
  return new Map(names.map((name) => {
    const variable = variableOf(name.slice('weights/'.length), training);
    return [variable, fitting(name, variable, tensors)];
  }));
}

function variableOf(name: string, { network }: Training): tf.Variable {
  const variable = network.variables.get(name);
  if (!variable) throw new CheckpointUnfit('backbone', `it has weights ${name}, and the network has none of that name.`);
  return variable;
}

function fitting(name: string, variable: tf.Variable, tensors: Tensors): StoredTensor {
  const tensor = tensors.get(name);
  if (!tensor) throw new CheckpointUnfit('damaged', `it has no ${name}.`);
  if (tensor.shape.join() !== variable.shape.join()) throw new CheckpointUnfit('backbone', `its ${name} is [${tensor.shape.join(', ')}], and the network’s [${variable.shape.join(', ')}].`);
  return tensor;
}

const floats = ({ bytes }: StoredTensor) => new Float32Array(new Uint8Array(bytes).buffer);
const toTensor = (stored: StoredTensor) => tf.tensor(floats(stored), stored.shape, 'float32');

/** Without arrays where nobody needs them any more. */
function withArrays({ evaluation, ...epoch }: SavedEpoch, tensors: Tensors): FinishedEpoch {
  const [probabilities, correct] = ['probabilities', 'correct'].map((name) => tensors.get(`evaluation/${name}`));
  return { ...epoch, evaluation: { ...evaluation, probabilities: probabilities ? floats(probabilities) : new Float32Array(0), correct: new Uint8Array(correct?.bytes ?? []) } };
}
