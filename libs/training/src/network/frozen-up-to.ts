import { closestName } from '@thaw/config';
import type { BackboneSpec, LayerNode } from '@thaw/model-zoo';

const layerPrefix = 'layer:';

/**
 * Last position in the graph that the hyperparameter freezeUpTo keeps frozen: the end of a block, or a layer. −1 when it
 * is not given. An unknown name is an error that lists the valid ones.
 */
export function lastKeptFrozen(name: string | undefined, graph: readonly LayerNode[], blocks: BackboneSpec['blocks']): number {
  if (name === undefined) return -1;
  if (name.startsWith(layerPrefix)) return lastOf(name.slice(layerPrefix.length), graph);
  const block = blocks.findIndex((candidate) => candidate.name === name);
  if (block === -1) throw new Error(`freezeUpTo is "${name}", and the backbone has no such block. Its blocks, from the picture to the head: ${blocks.map((each) => each.name).join(', ')}. For a layer write ${layerPrefix}NAME.`);
  const next = blocks[block + 1];
  return next ? graph.findIndex(({ layer }) => layer.name === next.firstLayer) - 1 : graph.length - 1;
}

function lastOf(name: string, graph: readonly LayerNode[]): number {
  const position = graph.findLastIndex(({ layer }) => layer.name === name);
  if (position >= 0) return position;
  const names = graph.map(({ layer }) => layer.name);
  const near = closestName(name, names);
  throw new Error(`freezeUpTo is "${layerPrefix}${name}", and the backbone has no such layer.${near ? ` Did you mean ${near}?` : ''} Its layers, from the picture to the head: ${names.join(', ')}.`);
}
