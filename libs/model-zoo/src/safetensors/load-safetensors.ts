import * as tf from '@tensorflow/tfjs';
import { type Architecture, architectureNames, findArchitectures } from '../architectures';
import { BackboneError } from '../backbone-error';
import type { ReadFile } from '../read-model-json';
import { assignWeights, type Misfit, misfit } from './assign-weights';
import { readSafetensors, type StoredTensor } from './read-safetensors';
import { type TorchWeight, torchWeights } from './torch-weights';

/** An architecture built, its weights still zeros, and a file's tensors that fit it. */
export interface FittingArchitecture {
  architecture: Architecture;
  model: tf.LayersModel;
  weights: TorchWeight[];
  tensors: Map<string, StoredTensor>;
}

/** The architecture of this name (see fitSafetensors) with the weights of the file. Throws BackboneError. */
export async function loadSafetensors(name: string, path: string, readFile: ReadFile): Promise<tf.LayersModel> {
  const { model, weights, tensors } = await fitSafetensors(name, path, readFile);
  assignWeights(weights, tensors);
  return model;
}

/**
 * What a .safetensors file is: "resnet18", or "timm/resnet18" to leave no choice. Where libraries share a name, the
 * file's tensors decide. Throws BackboneError, which names the problems with the nearest of them.
 */
export async function fitSafetensors(name: string, path: string, readFile: ReadFile): Promise<FittingArchitecture> {
  const candidates = findArchitectures(name);
  if (candidates.length === 0) throw new BackboneError([`${path} cannot be loaded as "${name}". Known architectures: ${architectureNames.join(', ')}.`]);
  const tensors = readSafetensors(path, await readFile(path));
  let nearest: Misfit | null = null;
  for (const architecture of candidates) {
    const model = architecture.build(tf);
    const weights = torchWeights(model);
    const problem = misfit(weights, tensors);
    if (!problem) return { architecture, model, weights, tensors };
    model.dispose();
    if (!nearest || problem.distance < nearest.distance) nearest = problem;
  }
  throw new BackboneError(nearest!.problems);
}
