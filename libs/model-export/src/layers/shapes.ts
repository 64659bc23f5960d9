import { sizeOf, type Value } from '../graph/graph';
import type { GraphBuilder } from '../graph/graph-builder';
import type { LayerReader, LayerWriter } from './layer';

/** Only training notices these. */
const same: LayerWriter = (_, __, x) => x;

function reshape(graph: GraphBuilder, layer: LayerReader, x: Value): Value {
  const target = layer.get<(number | null)[]>('target_shape', []);
  const known = sizeOf(target.map((side) => (side === null || side < 0 ? 1 : side)));
  return graph.reshape(x, target.map((side) => (side === null || side < 0 ? sizeOf(x.shape) / known : side)));
}

export const shapeLayers: Record<string, LayerWriter> = {
  Dropout: same,
  SpatialDropout2D: same,
  GaussianNoise: same,
  GaussianDropout: same,
  ActivityRegularization: same,
  Flatten: (graph, layer, x) => {
    layer.channelsLast();
    return graph.reshape(x, [sizeOf(x.shape)]);
  },
  Reshape: reshape,
  Permute: (graph, layer, x) => graph.transpose(x, layer.get<number[]>('dims', []).map((axis) => axis - 1)),
};
