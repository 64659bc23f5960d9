import type { Preprocessing } from '@thaw/model-zoo';
import type { Graph, Value } from './graph/graph';
import { GraphBuilder } from './graph/graph-builder';
import { activationLayers } from './layers/activations';
import { arithmeticLayers } from './layers/arithmetic';
import { convolutionLayers } from './layers/convolutions';
import { LayerReader, type LayerWriter } from './layers/layer';
import { poolingLayers } from './layers/pooling';
import { shapeLayers } from './layers/shapes';
import { transformerLayers } from './layers/transformer';
import { ModelExportError } from './model-export-error';
import type { Model } from './read-model';

const writers = new Map<string, LayerWriter>(
  [activationLayers, arithmeticLayers, convolutionLayers, poolingLayers, shapeLayers, transformerLayers].flatMap((group) => Object.entries(group)),
);

/** The model from RGB values of 0–255, [n, inputSize, inputSize, 3], to probabilities: preprocessing is its first step. Throws ModelExportError. */
export function buildGraph({ layers, preprocessing }: Model): Graph {
  const unknown = layers.find(({ className }) => className !== 'InputLayer' && !writers.has(className));
  if (unknown) {
    throw new ModelExportError(`The layer ${unknown.name} is a ${unknown.className}, which cannot be written as ONNX or SavedModel yet. The format tfjs works. Layers that can: ${[...writers.keys()].sort().join(', ')}.`);
  }
  const { inputSize } = preprocessing;
  const graph = new GraphBuilder();
  const pixels = graph.input('pixels', [inputSize, inputSize, 3]);
  graph.layer = 'preprocessing';
  const prepared = prepare(graph, pixels, preprocessing);
  const values = new Map<string, Value>();
  for (const layer of layers) {
    graph.layer = layer.name;
    // The first layer of a Sequential model may stand for its input.
    const inputs = layer.inputs.length === 0 ? [prepared] : layer.inputs.map((name) => values.get(name)!);
    const reader = new LayerReader(layer);
    try {
      values.set(layer.name, layer.className === 'InputLayer' ? inputs[0]! : writers.get(layer.className)!(graph, reader, inputs[0]!, inputs));
    } catch (error) {
      throw error instanceof ModelExportError ? error : new ModelExportError(`The model is damaged at the layer ${layer.name} (${layer.className}): ${(error as Error).message}`, { cause: error });
    }
  }
  return graph.finish(pixels, values.get(layers.at(-1)!.name)!);
}

function prepare(graph: GraphBuilder, pixels: Value, { range, mean, std }: Preprocessing): Value {
  if (range) return graph.combine('add', graph.combine('mul', pixels, (range[1] - range[0]) / 255), range[0]);
  if (!mean || !std) throw new ModelExportError('The model is damaged: preprocessing.json gives neither range nor mean and std.');
  const scaled = graph.combine('mul', pixels, { values: Float32Array.from(std, (deviation) => 1 / 255 / deviation), shape: [3] });
  return graph.combine('sub', scaled, { values: Float32Array.from(std, (deviation, channel) => mean[channel]! / deviation), shape: [3] });
}
