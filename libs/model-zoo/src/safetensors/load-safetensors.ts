import * as tf from '@tensorflow/tfjs';
import type { Architecture } from '../architectures';
import type { ReadFile } from '../read-model-json';
import { assignWeights } from './assign-weights';
import { readSafetensors } from './read-safetensors';

/** The architecture with the weights of a .safetensors file. Throws BackboneError. */
export async function loadSafetensors(architecture: Architecture, path: string, readFile: ReadFile): Promise<tf.LayersModel> {
  const tensors = readSafetensors(path, await readFile(path));
  const model = architecture.build(tf);
  try {
    assignWeights(model, tensors);
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}
