import type { Value } from '../graph/graph';
import type { GraphBuilder } from '../graph/graph-builder';
import type { LayerReader, LayerWriter } from './layer';

/** By Keras's name without underscores. */
const activations: Record<string, (graph: GraphBuilder, x: Value) => Value> = {
  linear: (_, x) => x,
  relu: (graph, x) => graph.apply('relu', x),
  relu6: (graph, x) => graph.apply('relu6', x),
  elu: (graph, x) => graph.apply('elu', x),
  selu: (graph, x) => graph.apply('selu', x),
  sigmoid: (graph, x) => graph.apply('sigmoid', x),
  hardsigmoid: (graph, x) => clamp(graph, graph.combine('add', graph.combine('mul', x, 0.2), 0.5), 0, 1),
  tanh: (graph, x) => graph.apply('tanh', x),
  softplus: (graph, x) => graph.apply('softplus', x),
  softsign: (graph, x) => graph.apply('softsign', x),
  softmax: (graph, x) => graph.apply('softmax', x),
  logsoftmax: (graph, x) => graph.apply('logSoftmax', x),
  swish: (graph, x) => graph.combine('mul', x, graph.apply('sigmoid', x)),
  mish: (graph, x) => graph.combine('mul', x, graph.apply('tanh', graph.apply('softplus', x))),
  /** x · (1 + erf(x ÷ √2)) ÷ 2 */
  gelu: (graph, x) => graph.combine('mul', graph.combine('mul', x, 0.5), graph.combine('add', graph.apply('erf', graph.combine('mul', x, Math.SQRT1_2)), 1)),
  /** With the tanh that approximates erf. */
  gelunew(graph, x) {
    const cube = graph.combine('mul', graph.combine('mul', x, x), x);
    const inner = graph.combine('mul', graph.combine('add', graph.combine('mul', cube, 0.044715), x), Math.sqrt(2 / Math.PI));
    return graph.combine('mul', graph.combine('mul', x, 0.5), graph.combine('add', graph.apply('tanh', inner), 1));
  },
};

/** What the layer's `activation` does to x. */
export function activate(graph: GraphBuilder, layer: LayerReader, x: Value): Value {
  const name = layer.get('activation', 'linear');
  const activation = activations[name.replaceAll('_', '').toLowerCase()];
  if (!activation) throw layer.unsupported(`the activation "${name}"`);
  return activation(graph, x);
}

const clamp = (graph: GraphBuilder, x: Value, low: number, high: number): Value => graph.combine('min', graph.combine('max', x, low), high);

function rectify(graph: GraphBuilder, layer: LayerReader, x: Value): Value {
  if (layer.get<number>('negative_slope', 0) !== 0 || layer.get<number>('threshold', 0) !== 0) throw layer.unsupported('a negative slope or a threshold');
  const most = layer.get<number | null>('max_value', null);
  if (most === null) return graph.apply('relu', x);
  return most === 6 ? graph.apply('relu6', x) : clamp(graph, x, 0, most);
}

function softmax(graph: GraphBuilder, layer: LayerReader, x: Value): Value {
  const axis = layer.get<number>('axis', -1);
  if (axis !== -1 && axis !== x.shape.length) throw layer.unsupported(`the axis ${axis}`);
  return graph.apply('softmax', x);
}

export const activationLayers: Record<string, LayerWriter> = {
  Activation: activate,
  ReLU: rectify,
  LeakyReLU: (graph, layer, x) => graph.apply('leakyRelu', x, layer.get('alpha', 0.3)),
  ELU(graph, layer, x) {
    if (layer.get<number>('alpha', 1) !== 1) throw layer.unsupported('an alpha other than 1');
    return graph.apply('elu', x);
  },
  Softmax: softmax,
};
