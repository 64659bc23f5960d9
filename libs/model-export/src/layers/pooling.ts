import type { Value } from '../graph/graph';
import type { GraphBuilder } from '../graph/graph-builder';
import type { LayerReader, LayerWriter } from './layer';

const pool = (of: 'max' | 'average'): LayerWriter => (graph, layer, x) => {
  layer.channelsLast();
  const size = layer.pair('pool_size', 2);
  return graph.pool(x, of, size, { strides: layer.pair('strides', size), padding: layer.padding() });
};

const globalPool = (of: 'max' | 'mean'): LayerWriter => (graph, layer, x) => {
  layer.channelsLast();
  return graph.reduce(of, x, [0, 1]);
};

/** 1, [1, 2] or [[top, bottom], [left, right]] */
function edges(layer: LayerReader, key: string, fallback: number): { top: number; bottom: number; left: number; right: number } {
  layer.channelsLast();
  const value = layer.get<number | [number | [number, number], number | [number, number]]>(key, fallback);
  const [vertical, horizontal] = typeof value === 'number' ? [value, value] : value;
  const [top, bottom] = typeof vertical === 'number' ? [vertical, vertical] : vertical;
  const [left, right] = typeof horizontal === 'number' ? [horizontal, horizontal] : horizontal;
  return { top, bottom, left, right };
}

function crop(graph: GraphBuilder, layer: LayerReader, x: Value): Value {
  const { top, bottom, left, right } = edges(layer, 'cropping', 0);
  const rows = graph.slice(x, 0, top, x.shape[0]! - bottom);
  return graph.slice(rows, 1, left, x.shape[1]! - right);
}

export const poolingLayers: Record<string, LayerWriter> = {
  MaxPooling2D: pool('max'),
  AveragePooling2D: pool('average'),
  // tfjs knows no keepDims here, so that the result is always [channels].
  GlobalAveragePooling2D: globalPool('mean'),
  GlobalMaxPooling2D: globalPool('max'),
  ZeroPadding2D: (graph, layer, x) => graph.pad(x, edges(layer, 'padding', 1)),
  Cropping2D: crop,
};
