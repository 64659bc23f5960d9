import type { Value } from '../graph/graph';
import type { GraphBuilder } from '../graph/graph-builder';
import type { LayerReader, LayerWriter } from './layer';

/** softmax(q · kᵀ ÷ √size) · v per head; x: [tokens, 3 × width], queries, keys and values side by side. */
function attention(graph: GraphBuilder, layer: LayerReader, x: Value): Value {
  const [tokens, packed] = x.shape as [number, number];
  const heads = layer.get('heads', 1);
  const width = packed / 3;
  const part = (index: number) => graph.reshape(graph.slice(x, 1, index * width, (index + 1) * width), [tokens, heads, width / heads]);
  const queries = graph.transpose(graph.combine('mul', part(0), (width / heads) ** -0.5), [1, 0, 2]);
  const keys = graph.transpose(part(1), [1, 2, 0]);
  const values = graph.transpose(part(2), [1, 0, 2]);
  const weights = graph.apply('softmax', graph.multiplyMatrices(queries, keys));
  return graph.reshape(graph.transpose(graph.multiplyMatrices(weights, values), [1, 0, 2]), [tokens, width]);
}

/** The token stands before all others. It has no batch axis; a zeroed slice of x lends its own. */
function classToken(graph: GraphBuilder, layer: LayerReader, x: Value): Value {
  const { values } = layer.weight('class_token');
  const zeros = graph.combine('mul', graph.slice(x, 0, 0, 1), 0);
  return graph.concatenate([graph.combine('add', zeros, { values, shape: [values.length] }), x], 0);
}

/** Thaw's own layers for vision transformers. */
export const transformerLayers: Record<string, LayerWriter> = {
  ThawAttention: attention,
  ThawClassToken: classToken,
  ThawPositionEmbedding: (graph, layer, x) => graph.combine('add', x, { values: layer.weight('position_embedding').values, shape: x.shape }),
};
