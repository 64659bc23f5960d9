import type { Constant, Value } from '../graph/graph';
import type { GraphBuilder } from '../graph/graph-builder';
import { activate } from './activations';
import type { LayerReader, LayerWriter } from './layer';

function convolve(graph: GraphBuilder, layer: LayerReader, x: Value, kernel: Constant, depthwise: boolean): Value {
  layer.channelsLast();
  return graph.convolution(x, kernel, { depthwise, strides: layer.pair('strides', 1), dilations: layer.pair('dilation_rate', 1), padding: layer.padding() });
}

function finish(graph: GraphBuilder, layer: LayerReader, x: Value): Value {
  return activate(graph, layer, layer.get('use_bias', true) ? graph.combine('add', x, layer.weight('bias')) : x);
}

export const convolutionLayers: Record<string, LayerWriter> = {
  Conv2D(graph, layer, x) {
    const kernel = layer.weight('kernel');
    if (kernel.shape[2] !== x.shape[2]) throw layer.unsupported(`groups (its kernel reads ${kernel.shape[2]} of ${x.shape[2]} channels)`);
    return finish(graph, layer, convolve(graph, layer, x, kernel, false));
  },

  DepthwiseConv2D: (graph, layer, x) => finish(graph, layer, convolve(graph, layer, x, layer.weight('depthwise_kernel'), true)),

  SeparableConv2D(graph, layer, x) {
    const filtered = convolve(graph, layer, x, layer.weight('depthwise_kernel'), true);
    const mixed = graph.convolution(filtered, layer.weight('pointwise_kernel'), { depthwise: false, strides: [1, 1], dilations: [1, 1], padding: 'valid' });
    return finish(graph, layer, mixed);
  },

  /** Over the last axis, whatever the rank. */
  Dense: (graph, layer, x) => finish(graph, layer, graph.multiplyMatrices(x, layer.weight('kernel'))),
};
