import * as tf from '@tensorflow/tfjs';
import { BackboneError } from '../backbone-error';
import { list, type ReadFile } from '../read-model-json';
import { fillArchitecture } from './fill-architecture';
import { findKerasArchitecture, kerasArchitectureNames } from './architectures';
import { readKerasFile, type KerasFile } from './keras-file';
import { kerasNodes, type KerasNode } from './keras-nodes';
import { fillLayers } from './fill-layers';
import { type BuiltLayer, builderOf } from './layer-builders';

/** Pixels, for models that take pictures of any size. */
const usualSide = 224;

/**
 * A whole model Keras saved, .h5 or .keras, nested models laid open; or, from a file of weights alone, the architecture
 * of this name, without its classifier where the file has none. Throws BackboneError.
 */
export async function loadKeras(path: string, readFile: ReadFile, architectureName?: string | null): Promise<tf.LayersModel> {
  const file = await readKerasFile(path, await readFile(path));
  if (file.topology) return buildModel(path, file);
  const architecture = architectureName ? findKerasArchitecture(architectureName) : null;
  if (architecture) return fillArchitecture(path, file, architecture);
  throw new BackboneError([
    `${path} holds weights alone, without the model they are of${architectureName ? `, and "${architectureName}" is no architecture known by Keras's names` : ''}. ` +
    `Save the whole model in Python: model.save('model.keras'). Or name one of these architectures: ${kerasArchitectureNames.join(', ')}.`,
  ]);
}

interface Filled extends BuiltLayer {
  node: KerasNode;
}

function buildModel(path: string, file: KerasFile): tf.LayersModel {
  const { nodes, outputs } = kerasNodes(path, file.topology!, file.generation);
  const built: Filled[] = [];
  try {
    const values = apply(path, nodes, file, built);
    const model = tf.model({
      name: String(file.topology!.config.name ?? 'model'),
      inputs: nodes.filter(({ className }) => className === 'InputLayer').map(({ name }) => values.get(name)!),
      outputs: outputs.map((name) => values.get(name)!),
    });
    fill(path, file, built);
    return model;
  } catch (error) {
    for (const { layer } of built) if (layer?.built) layer.dispose();
    throw error;
  }
}

/** Every node's output by its name. What cannot be built is told all at once. */
function apply(path: string, nodes: readonly KerasNode[], file: KerasFile, built: Filled[]): Map<string, tf.SymbolicTensor> {
  const absent = new Map<string, string[]>();
  const miss = (what: string, { name }: KerasNode) => absent.set(what, [...(absent.get(what) ?? []), name]);
  for (const node of nodes) if (node.className !== 'InputLayer' && !builderOf(node)) miss(`layer ${node.className}`, node);
  const values = new Map<string, tf.SymbolicTensor>();
  for (const node of absent.size > 0 ? [] : nodes) {
    const answer = node.className === 'InputLayer' ? input(node) : applyOne(path, node, node.operands.flatMap((operand) => (typeof operand === 'string' ? [values.get(operand)!] : [])), file);
    if (typeof answer === 'string') {
      miss(answer, node);
      break;
    }
    built.push({ ...answer, node });
    values.set(node.name, answer.output);
  }
  if (absent.size > 0) throw new BackboneError([...absent].map(([what, names]) => `${path} uses ${what} (${list(names)}), which TensorFlow.js does not have. Save the part of the model before it, or another model.`));
  return values;
}

function input({ name, config }: KerasNode): BuiltLayer {
  const shape = (config.batch_input_shape ?? config.batch_shape) as (number | null)[] | undefined;
  const sides = shape?.slice(1).map((side, axis) => side ?? (axis < 2 ? usualSide : 3)) ?? [usualSide, usualSide, 3];
  return { output: tf.input({ name, shape: sides }) };
}

function applyOne(path: string, node: KerasNode, inputs: tf.SymbolicTensor[], file: KerasFile): BuiltLayer | string {
  const { config, name } = node;
  if (config.data_format === 'channels_first') return 'channels before height and width';
  const kernel = Number(config.filters ?? config.units ?? 1) * [config.kernel_size ?? 1].flat().reduce((product: number, side) => product * Number(side), 1);
  const held = file.stored(node).reduce((most, { values }) => Math.max(most, values.length), 0);
  // Before tfjs reserves the memory.
  if (kernel > Math.max(held, 4096)) throw new BackboneError([`${path}: layer ${name} should have at least ${kernel} weights, but the file holds ${held} for it. It is damaged, or not whole.`]);
  try {
    return builderOf(node)!(node, inputs);
  } catch (error) {
    throw new BackboneError([`${path}: layer ${name} (${node.className}) cannot be built: ${(error as Error).message}`]);
  }
}

/** Gives every layer its weights. */
function fill(path: string, file: KerasFile, built: readonly Filled[]): void {
  fillLayers(path, built.flatMap(({ node, layer, weights }) => {
    if (!layer || layer.weights.length === 0) return [];
    const stored = file.stored(node);
    const complete = node.className !== 'Normalization' || node.config.mean != null || stored.length >= 2;
    return [{ layer, given: weights && complete ? weights(stored) : stored }];
  }));
}
