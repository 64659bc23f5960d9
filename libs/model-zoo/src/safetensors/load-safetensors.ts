import * as tf from '@tensorflow/tfjs';
import { type Architecture, architectureNames, findArchitectures } from '../architectures';
import { BackboneError } from '../backbone-error';
import type { ReadFile } from '../read-model-json';
import { assignWeights, type Misfit, misfit } from './assign-weights';
import { readSafetensors } from './read-safetensors';
import { torchWeights } from './torch-weights';

export interface LoadedArchitecture {
  architecture: Architecture;
  model: tf.LayersModel;
}

/**
 * A .safetensors file as the architecture of this name: "resnet18", or "timm/resnet18" to leave no choice. Where
 * libraries share the name, the file's tensors decide. Throws BackboneError, which names the problems with the
 * nearest of them.
 */
export async function loadSafetensors(name: string, path: string, readFile: ReadFile): Promise<LoadedArchitecture> {
  const candidates = findArchitectures(name);
  if (candidates.length === 0) throw new BackboneError([`${path} cannot be loaded as "${name}". Known architectures: ${architectureNames.join(', ')}.`]);
  const tensors = readSafetensors(path, await readFile(path));
  let nearest: Misfit | null = null;
  for (const architecture of candidates) {
    const model = architecture.build(tf);
    const weights = torchWeights(model);
    const problem = misfit(weights, tensors);
    if (!problem) {
      assignWeights(weights, tensors);
      return { architecture, model };
    }
    model.dispose();
    if (!nearest || problem.distance < nearest.distance) nearest = problem;
  }
  throw new BackboneError(nearest!.problems);
}
