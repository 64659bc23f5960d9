import type * as tf from '@tensorflow/tfjs';
import type { StoredTensor } from '@thaw/model-zoo';
import type { Evaluation } from '../evaluation';
import type { FoundLearningRate } from '../learning-rate-finder/find-learning-rate';
import type { Reused } from '../open-stage';
import type { PlateauState } from '../schedule/plateau';
import type { ModelFile } from '../save-model';
import { describeFiles, runFile, tensorFile, type TensorFile } from './checkpoint-files';
import type { Identity } from './identity';
import { keptEpoch, type FinishedEpoch, type Progress } from './progress';
import type { Training } from './training';

export const bestFile = 'best.safetensors';
export const currentFile = 'current.safetensors';

/** A finished epoch without the arrays of its evaluation, which are among the tensors. */
export type SavedEpoch = Omit<FinishedEpoch, 'evaluation'> & { evaluation: Omit<Evaluation, 'probabilities' | 'correct'> };

export interface SavedState {
  identity: Identity;
  progress: Omit<Progress, 'last' | 'best'> & { last: SavedEpoch | null; best: SavedEpoch | null };
  found: FoundLearningRate | null;
  /** What the schedule remembers, and the factor on all its rates. */
  plateau: PlateauState;
  scale: number;
  /** Updates so far, by variable. */
  steps: Record<string, number>;
  reused: Reused | null;
}

/** Takes checkpoints of a training; what was read of the best weights is used again until they are others. */
export function createCapture(training: Training, identity: Identity): () => ModelFile[] {
  const { config, network, optimizer, bestWeights, progress } = training;
  const names = new Map([...network.variables].map(([name, variable]) => [variable.id, name]));
  const nameOf = ({ id }: tf.Variable) => names.get(id)!;
  let best: { of: unknown; file: TensorFile } | null = null;

  const readBest = (): TensorFile | null => {
    const kept = bestWeights.kept();
    // Of a run finished before its first stage there is nothing to keep.
    if (!kept || kept.size === 0) return null;
    if (best?.of !== kept) best = { of: kept, file: tensorFile(bestFile, new Map([...weights([...kept], nameOf), ...evaluationOf(keptEpoch(progress, config))])) };
    return best.file;
  };

  return () => {
    const kept = keptEpoch(progress, config);
    // At the end of an epoch that is kept, the weights under way are the same.
    const moved = progress.running !== null || kept === null || kept !== progress.last;
    const states = (progress.over ? [] : bestWeights.variables()).flatMap((variable) => {
      const memory = optimizer.remembered().get(variable.id);
      return memory ? [{ name: nameOf(variable), ...memory }] : [];
    });
    const current = new Map([
      ...(moved ? weights(bestWeights.variables().map((variable) => [variable, variable]), nameOf) : []),
      ...states.flatMap(({ name, slots }) => Object.entries(slots).map(([slot, value]): [string, StoredTensor] => [`optimizer/${name}/${slot}`, floats(value)])),
      ...(progress.last === kept ? [] : evaluationOf(progress.last)),
    ]);
    const state: SavedState = {
      identity,
      progress: { ...progress, last: withoutArrays(progress.last), best: withoutArrays(progress.best) },
      found: training.found, plateau: training.schedule.plateau(), scale: training.schedule.scale, reused: training.reused,
      steps: Object.fromEntries(states.map(({ name, steps }) => [name, steps])),
    };
    const files = [readBest(), ...(progress.over || current.size === 0 ? [] : [tensorFile(currentFile, current)])];
    return describeFiles(runFile, state, files.filter((file) => file !== null));
  };
}

const weights = (values: readonly (readonly [tf.Variable, tf.Tensor])[], nameOf: (variable: tf.Variable) => string) =>
  values.map(([variable, value]): [string, StoredTensor] => [`weights/${nameOf(variable)}`, floats(value)]);

/** Read when it is written, one at a time: together they may take as much memory as the network. */
function floats(tensor: tf.Tensor): StoredTensor {
  if (tensor.dtype !== 'float32') throw new Error(`A weight is ${tensor.dtype}; only float32 can be kept.`);
  return { dtype: 'F32', shape: tensor.shape, get bytes() { return bytesOf(tensor.dataSync() as Float32Array); } };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array) => new Uint8Array(buffer, byteOffset, byteLength);

function evaluationOf(epoch: FinishedEpoch | null): [string, StoredTensor][] {
  if (!epoch) return [];
  const { probabilities, correct } = epoch.evaluation;
  return [
    ['evaluation/probabilities', { dtype: 'F32', shape: [probabilities.length], bytes: bytesOf(probabilities) }],
    ['evaluation/correct', { dtype: 'U8', shape: [correct.length], bytes: correct }],
  ];
}

function withoutArrays(epoch: FinishedEpoch | null): SavedEpoch | null {
  if (!epoch) return null;
  const { loss, accuracy, top5Accuracy } = epoch.evaluation;
  return { epoch: epoch.epoch, metrics: epoch.metrics, evaluation: { loss, accuracy, top5Accuracy } };
}
