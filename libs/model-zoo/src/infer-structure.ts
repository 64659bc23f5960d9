import type * as tf from '@tensorflow/tfjs';
import type { BackboneBlock, BackboneSpec } from './catalogue';
import { mobilenetV1Blocks, mobilenetV1FeatureLayer } from './catalogue/mobilenet-v1';
import { cleanCuts, layerGraph, type LayerNode } from './layer-graph';

type Structure = Pick<BackboneSpec, 'architecture' | 'blocks' | 'featureLayer'>;

/** Where an unknown model is cut, and what its blocks are. */
export function inferStructure(model: tf.LayersModel): Structure {
  const names = new Set(model.layers.map(({ name }) => name));
  const isMobilenet = mobilenetV1Blocks.every(({ firstLayer }) => names.has(firstLayer)) && names.has(mobilenetV1FeatureLayer);
  if (isMobilenet) return { architecture: mobilenetName(model), blocks: mobilenetV1Blocks, featureLayer: mobilenetV1FeatureLayer };

  const graph = layerGraph(model.outputs[0]!);
  const featurePosition = featureNode(graph);
  const body = layerGraph(graph[featurePosition]!.output);
  return { architecture: 'layers_model', blocks: inferBlocks(body), featureLayer: graph[featurePosition]!.layer.name };
}

/** The input of the last global pooling; else of the last dense layer; else the output. */
function featureNode(graph: readonly LayerNode[]): number {
  const last = (matches: (className: string) => boolean) => graph.findLast(({ layer }) => matches(layer.getClassName()));
  const head = last((name) => name.startsWith('Global')) ?? last((name) => name === 'Dense');
  let position = head ? head.inputs[0]! : graph.length - 1;
  while (graph[position]!.layer.getClassName() === 'Dropout') position = graph[position]!.inputs[0]!;
  return position;
}

/**
 * A block starts at a layer with a kernel where the graph can be cut. A pointwise convolution stays with the
 * depthwise one before it.
 */
function inferBlocks(body: readonly LayerNode[]): BackboneBlock[] {
  const cuts = cleanCuts(body);
  const blocks: BackboneBlock[] = [];
  let previousKernel = '';
  body.forEach(({ layer }, position) => {
    const className = layer.getClassName();
    if (!/Conv|Dense/.test(className)) return;
    const startsHere = position > 0 && cuts[position - 1] && previousKernel !== 'DepthwiseConv2D';
    if (startsHere || blocks.length === 0) blocks.push({ name: layer.name, firstLayer: layer.name });
    previousKernel = className;
  });
  return blocks;
}

/** Full width is 32 filters in the stem. */
function mobilenetName(model: tf.LayersModel): string {
  const filters = model.getLayer('conv1').outputShape.at(-1) as number;
  return `mobilenet_v1_${(filters / 32).toFixed(2).replace('1.00', '1.0')}_${model.inputs[0]!.shape[1]}`;
}
