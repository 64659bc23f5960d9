import type { BinaryName, Constant, Value } from '../graph/graph';
import type { GraphBuilder } from '../graph/graph-builder';
import type { LayerReader, LayerWriter } from './layer';

const merge = (of: BinaryName): LayerWriter => (graph, layer, _, all) => {
  // tfjs would insert axes in the middle.
  if (all.some(({ shape }) => shape.length !== all[0]!.shape.length)) throw layer.unsupported('inputs of several ranks');
  return all.slice(1).reduce((result, next) => graph.combine(of, result, next), all[0]!);
};

/** As it predicts: (x − mean) · gamma ÷ √(variance + epsilon) + beta, which is one line per channel. */
function batchNormalization(graph: GraphBuilder, layer: LayerReader, x: Value): Value {
  lastAxis(layer, x);
  const mean = layer.weight('moving_mean');
  const variance = layer.weight('moving_variance');
  const gamma = layer.get('scale', true) ? layer.weight('gamma') : null;
  const beta = layer.get('center', true) ? layer.weight('beta') : null;
  const epsilon = layer.get('epsilon', 1e-3);
  const slope = { shape: mean.shape, values: variance.values.map((value, index) => (gamma?.values[index] ?? 1) / Math.sqrt(value + epsilon)) };
  const offset = { shape: mean.shape, values: mean.values.map((value, index) => (beta?.values[index] ?? 0) - value * slope.values[index]!) };
  return graph.combine('add', graph.combine('mul', x, slope), offset);
}

function layerNormalization(graph: GraphBuilder, layer: LayerReader, x: Value): Value {
  const axis = x.shape.length - 1;
  lastAxis(layer, x);
  const centred = graph.combine('sub', x, graph.reduce('mean', x, [axis], true));
  const variance = graph.reduce('mean', graph.combine('mul', centred, centred), [axis], true);
  let y = graph.combine('div', centred, graph.apply('sqrt', graph.combine('add', variance, layer.get('epsilon', 1e-3))));
  if (layer.get('scale', true)) y = graph.combine('mul', y, layer.weight('gamma'));
  return layer.get('center', true) ? graph.combine('add', y, layer.weight('beta')) : y;
}

function lastAxis(layer: LayerReader, x: Value): void {
  const axis = [layer.get<number | number[]>('axis', -1)].flat();
  if (axis.length !== 1 || (axis[0] !== -1 && axis[0] !== x.shape.length)) throw layer.unsupported(`the axis ${axis.join(', ')}`);
}

function concatenate(graph: GraphBuilder, layer: LayerReader, x: Value, all: readonly Value[]): Value {
  const axis = layer.get<number>('axis', -1);
  if (axis === 0) throw layer.unsupported('the axis 0');
  return all.length === 1 ? x : graph.concatenate(all, axis < 0 ? x.shape.length + axis : axis - 1);
}

const numbers = (value: number | number[]): number | Constant => (typeof value === 'number' ? value : { values: Float32Array.from(value), shape: [value.length] });

export const arithmeticLayers: Record<string, LayerWriter> = {
  Add: merge('add'),
  Multiply: merge('mul'),
  Maximum: merge('max'),
  Minimum: merge('min'),
  Concatenate: concatenate,
  BatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
  Rescaling: (graph, layer, x) => graph.combine('add', graph.combine('mul', x, numbers(layer.get('scale', 1))), numbers(layer.get('offset', 0))),
};
