import * as tf from '@tensorflow/tfjs';
import { cleanCuts, layerGraph, layerOutput, type BackboneSpec, type LayerNode, type LoadedBackbone } from '@thaw/model-zoo';
import type { Hyperparameters } from '@thaw/config';
import type { Parameter } from '../optimizer/optimizer';
import type { Stage } from '../stages';
import { compileBody } from './body';
import { lastKeptFrozen } from './frozen-up-to';
import { createHead, type Head } from './head';
import { reinitialise } from './initial-weights';
import { createPasses, type Passes } from './passes';

/** The backbone cut at its feature layer, with a new head on it. */
export interface Network {
  classes: number;
  graph: readonly LayerNode[];
  head: Head;
  /** All weights by names that are the same in every process. */
  variables: ReadonlyMap<string, tf.Variable>;
  /** How many blocks may train, counted from the head: all but those that freezeUpTo keeps frozen. */
  blocks: number;
  /** Last position that stays frozen in every stage; −1 when everything may train. */
  keptFrozen: number;
  /** Lends the whole, picture to softmax, as one Keras model. */
  withLayersModel<T>(use: (model: tf.LayersModel) => Promise<T>): Promise<T>;
  dispose(): void;
}

/** A network with what is frozen in a stage decided. */
export interface StagedNetwork extends Passes {
  /** Last node that is the same function of the picture all through the stage; 0 is the picture itself. */
  frozenUpTo: number;
  /** Everything but the head is frozen; its pooling counts as frozen too. */
  pooled: boolean;
  parameters: Parameter[];
  /** Everything training changes in this stage, running statistics included. */
  changing: tf.Variable[];
}

export function createNetwork({ spec, model }: LoadedBackbone, classes: number, config: Hyperparameters): Network {
  const features = layerOutput(model, spec.featureLayer);
  const graph = layerGraph(features);
  const keptFrozen = config.pretrained ? lastKeptFrozen(config.freezeUpTo, graph, spec.blocks) : -1;
  const head = createHead(features.shape, classes, config.dropout, config.seed);
  if (!config.pretrained) reinitialise(graph, config.seed);
  return {
    classes, graph, head, variables: namedVariables(graph, head), keptFrozen, blocks: countFromHead(graph, spec, keptFrozen + 1),
    async withLayersModel(use) {
      const layers = head.layers();
      try {
        const output = layers.reduce((tensor, layer) => layer.apply(tensor) as tf.SymbolicTensor, features);
        layers.at(-1)!.setWeights([head.kernel, head.bias]);
        return await use(tf.model({ inputs: model.inputs, outputs: output, name: 'thaw_model' }));
      } finally {
        // The other layers belong to the backbone.
        layers.forEach((layer) => layer.dispose());
      }
    },
    dispose() {
      head.dispose();
      model.dispose();
    },
  };
}

/** Layers' names are unique within a model; those of their weights need not be, nor do tfjs's of variables repeat. */
function namedVariables(graph: readonly LayerNode[], head: Head): Map<string, tf.Variable> {
  const ofLayers = graph.flatMap(({ layer }) => layer.weights.map((weight, index): [string, tf.Variable] => [`${layer.name}.${index}`, weight.read() as tf.Variable]));
  return new Map([...ofLayers, ['(head).kernel', head.kernel], ['(head).bias', head.bias]]);
}

export function stageNetwork(network: Network, { spec }: LoadedBackbone, stage: Stage): StagedNetwork {
  const { graph, head, classes, keptFrozen } = network;
  const fromHead = blocksFromHead(graph, spec);
  const isFrozen = (position: number) => position <= keptFrozen || fromHead[position]! >= stage.unfrozenBlocks;
  const body = compileBody(graph, { isFrozen, trainNorms: stage.trainNorms, normMomentum: stage.normMomentum });

  const trained = graph.map((_, position) => position).filter((position) => !isFrozen(position));
  const bodyParameters = trained.flatMap((position) => {
    const { layer } = graph[position]!;
    if (layer.getClassName() === 'BatchNormalization' && !stage.trainNorms) return [];
    return layer.trainableWeights.map((weight): Parameter => ({
      variable: weight.read() as tf.Variable,
      learningRate: stage.blockRate(fromHead[position]!),
      decays: weight.originalName.endsWith('kernel'),
    }));
  });
  const statistics = stage.trainNorms ? trained.flatMap((position) => graph[position]!.layer.nonTrainableWeights.map((weight) => weight.read() as tf.Variable)) : [];
  const parameters = unique([
    ...bodyParameters,
    { variable: head.kernel, learningRate: stage.headRate, decays: true },
    { variable: head.bias, learningRate: stage.headRate, decays: false },
  ]);
  const frozenUpTo = lastFrozenCut(graph, isFrozen);
  const pooled = frozenUpTo > 0 && frozenUpTo === graph.length - 1;
  const passes = createPasses({ graph, head, classes, body, frozenUpTo, pooled, trained: parameters.map(({ variable }) => variable) });
  const dispose = () => [passes, body].forEach((part) => part.dispose());
  return { ...passes, dispose, parameters, frozenUpTo, pooled, changing: [...parameters.map(({ variable }) => variable), ...statistics] };
}

/** Per node, how many blocks lie between it and the head. What comes before the first block belongs to it. */
function blocksFromHead(graph: readonly LayerNode[], { blocks }: Pick<BackboneSpec, 'blocks'>): number[] {
  const starts = new Set(blocks.map(({ firstLayer }) => firstLayer));
  let fromHead = blocks.length;
  return graph.map(({ layer }) => {
    if (starts.has(layer.name)) fromHead -= 1;
    return Math.min(fromHead, blocks.length - 1);
  });
}

/** How many blocks the graph has from a position on, a part of one included. */
const countFromHead = (graph: readonly LayerNode[], spec: Pick<BackboneSpec, 'blocks'>, start: number) => (blocksFromHead(graph, spec)[start] ?? -1) + 1;

function lastFrozenCut(graph: readonly LayerNode[], isFrozen: (position: number) => boolean): number {
  const cuts = cleanCuts(graph);
  let last = 0;
  for (let position = 1; position < graph.length; position++) {
    if (!isFrozen(position)) break;
    if (cuts[position]) last = position;
  }
  return last;
}

/** A layer used twice is in the graph twice. */
function unique(parameters: Parameter[]): Parameter[] {
  return [...new Map(parameters.map((parameter) => [parameter.variable.id, parameter])).values()];
}
