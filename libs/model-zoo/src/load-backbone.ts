import type * as tf from '@tensorflow/tfjs';
import { BackboneError } from './backbone-error';
import type { BackboneFile, BackboneSpec } from './catalogue';
import { layerOutput } from './layer-graph';
import { loadLayersModel } from './load-layers-model';
import type { ReadFile } from './read-model-json';
import { loadSafetensors } from './safetensors/load-safetensors';
import { loadKeras } from './keras/load-keras';
import { kerasPath } from './keras/keras-path';
import { safetensorsPath } from './safetensors/safetensors-path';
import { takeRgb } from './take-rgb';

/** A backbone in memory. Fine-tuning changes its weights in place, so load one per run. */
export interface LoadedBackbone {
  spec: BackboneSpec;
  /** As published, its own head included. */
  model: tf.LayersModel;
}

/** Throws BackboneError naming every problem. */
export async function loadBackbone(spec: BackboneSpec, files: readonly BackboneFile[], readFile: ReadFile): Promise<LoadedBackbone> {
  const model = await loadModel(spec.architecture, files, readFile);
  const problems = specProblems(spec, model);
  const { channelOrder, ...preprocessing } = spec.preprocessing;
  if (problems.length === 0 && channelOrder === 'bgr') problems.push(...takeRgb(model));
  if (problems.length === 0) return { spec: { ...spec, preprocessing }, model };
  model.dispose();
  throw new BackboneError(problems);
}

function loadModel(architecture: string, files: readonly BackboneFile[], readFile: ReadFile): Promise<tf.LayersModel> {
  const keras = kerasPath(files);
  if (keras !== null) return loadKeras(keras, readFile, architecture);
  const weights = safetensorsPath(files);
  return weights === null ? loadLayersModel(files, readFile) : loadSafetensors(architecture, weights, readFile);
}

function specProblems(spec: BackboneSpec, model: tf.LayersModel): string[] {
  const side = model.inputs[0]!.shape[1];
  const names = new Set(model.layers.map(({ name }) => name));
  const absent = [spec.featureLayer, ...spec.blocks.map(({ firstLayer }) => firstLayer)].filter((name) => !names.has(name));
  const problems = absent.map((name) => `${spec.name} should have a layer ${name}, but the model does not.`);
  if (side !== null && side !== spec.preprocessing.inputSize) problems.push(`${spec.name} should take ${spec.preprocessing.inputSize} pixels, but the model takes ${side}.`);
  if (absent.length === 0) layerOutput(model, spec.featureLayer);
  return problems;
}
