import type * as tf from '@tensorflow/tfjs';

/** One application of a layer. */
export interface LayerNode {
  layer: tf.layers.Layer;
  /** Positions, in the graph, of the nodes whose outputs this one reads; empty for the input layer. */
  inputs: number[];
  output: tf.SymbolicTensor;
}

/** Everything a layer's output depends on, in an order in which it can be computed; the input layer comes first. */
export function layerGraph(output: tf.SymbolicTensor): LayerNode[] {
  const nodes: LayerNode[] = [];
  const positions = new Map<number, number>();
  const visit = (tensor: tf.SymbolicTensor): number => {
    const known = positions.get(tensor.id);
    if (known !== undefined) return known;
    const inputs = tensor.inputs.map(visit);
    nodes.push({ layer: tensor.sourceLayer, inputs, output: tensor });
    positions.set(tensor.id, nodes.length - 1);
    return nodes.length - 1;
  };
  visit(output);
  return nodes;
}

/**
 * Positions where the graph hangs by one thread: everything after position i reads node i and nothing before it.
 * Only there can a network be cut in two.
 */
export function cleanCuts(nodes: readonly LayerNode[]): boolean[] {
  const lastUse = nodes.map((_, position) => position);
  nodes.forEach((node, position) => node.inputs.forEach((input) => { lastUse[input] = position; }));
  let furthest = 0;
  return nodes.map((_, position) => {
    const clean = furthest <= position;
    furthest = Math.max(furthest, lastUse[position]!);
    return clean;
  });
}

export function layerOutput(model: tf.LayersModel, layerName: string): tf.SymbolicTensor {
  const layer = model.layers.find(({ name }) => name === layerName);
  if (!layer) throw new Error(`The backbone has no layer ${layerName}. Its last layers are ${model.layers.slice(-5).map(({ name }) => name).join(', ')}.`);
  const { output } = layer;
  if (Array.isArray(output)) throw new Error(`Layer ${layerName} has ${output.length} outputs; a backbone is cut at a layer with one.`);
  return output;
}
