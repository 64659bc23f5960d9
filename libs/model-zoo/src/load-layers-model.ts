import * as tf from '@tensorflow/tfjs';
import { BackboneError } from './backbone-error';
import { transformerLayers } from './layers/transformer-layers';
import { list, readModelJson, type ReadFile } from './read-model-json';
import { readWeights } from './read-weights';

// A fine-tuned vision transformer is saved with layers of our own.
transformerLayers(tf);

/** A tfjs LayersModel from its files, weights checked one by one. Throws BackboneError. */
export async function loadLayersModel(files: readonly { path: string }[], readFile: ReadFile): Promise<tf.LayersModel> {
  const { topology, groups } = await readModelJson(files, readFile);
  const weights = await readWeights(groups, readFile);
  let model: tf.LayersModel | null = null;
  try {
    model = await build(topology);
    const problems = weightProblems(model, weights);
    if (problems.length > 0) throw new BackboneError(problems);
    model.loadWeights(weights, false);
    return model;
  } catch (error) {
    model?.dispose();
    throw error;
  } finally {
    tf.dispose(weights);
  }
}

async function build(topology: object): Promise<tf.LayersModel> {
  try {
    return await tf.loadLayersModel({ load: () => Promise.resolve({ modelTopology: topology }) });
  } catch (error) {
    throw new BackboneError([`TensorFlow.js cannot build this model: ${(error as Error).message}`]);
  }
}

/** Layer, wanted, found: for every weight that is missing or has the wrong shape. */
function weightProblems(model: tf.LayersModel, weights: tf.NamedTensorMap): string[] {
  const problems: string[] = [];
  const missing: string[] = [];
  for (const weight of model.weights) {
    const found = weights[weight.originalName] ?? weights[withCellName(weight.originalName, weights)];
    if (!found) missing.push(`${weight.originalName} [${weight.shape.join(', ')}]`);
    else if (!tf.util.arraysEqual(found.shape, weight.shape as number[])) {
      problems.push(`Layer ${weight.originalName.split('/')[0]}: weight ${weight.originalName} should be [${weight.shape.join(', ')}] but the file holds [${found.shape.join(', ')}].`);
    }
  }
  if (missing.length > 0) problems.unshift(`The files lack ${missing.length} of ${model.weights.length} weights: ${list(missing)}.`);
  return problems;
}

/** TensorFlow ≥ 2.2 writes layer/cell/weight where tfjs says layer/weight. */
function withCellName(name: string, weights: tf.NamedTensorMap): string {
  const [layer, weight] = [name.slice(0, name.lastIndexOf('/')), name.slice(name.lastIndexOf('/'))];
  return Object.keys(weights).find((key) => key.startsWith(`${layer}/`) && key.endsWith(weight) && key.split('/').length === name.split('/').length + 1) ?? name;
}
