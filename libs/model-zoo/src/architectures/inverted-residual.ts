import type * as TensorFlow from '@tensorflow/tfjs';
import type { BackboneBlock } from '../catalogue/backbone-spec';
import { activationLayers, type ActivationLayer } from './activation-layers';
import { torchLayers } from './torch-layers';

type Value = TensorFlow.SymbolicTensor;

/** Widen with a pointwise convolution, filter each channel, weigh the channels, narrow again (Sandler et al., 2018; Howard et al., 2019). */
export interface InvertedResidual {
  kernelSize: number;
  stride: number;
  /** Channels between the pointwise convolutions; as many as come in: no widening. */
  expanded: number;
  /** Channels that go out. */
  filters: number;
  /** Channels of the squeeze-and-excitation; 0: none. */
  squeezed: number;
  activation: 'relu' | 'relu6' | 'silu' | 'hardSwish';
}

type ConvolutionAndNorm = [convolution: string, norm: string];

export interface BlockNames {
  expand: ConvolutionAndNorm;
  filter: ConvolutionAndNorm;
  squeeze: [reduce: string, restore: string];
  project: ConvolutionAndNorm;
  /** The sum that ends a residual. */
  sum: string;
}

/** What a family calls the modules of a network of inverted residuals. */
export interface ModuleNames {
  stem: ConvolutionAndNorm;
  /** `stage` and `index` in it count from 0; `position` is the block's among all. */
  block(at: { stage: number; index: number; position: number; expands: boolean; squeezes: boolean }): BlockNames;
}

export interface InvertedResidualBody {
  stem: { filters: number; activation: InvertedResidual['activation'] };
  stages: readonly (readonly InvertedResidual[])[];
  names: ModuleNames;
  /** Activation inside the squeeze, and the gate it ends in; where blocks have one. */
  squeeze?: { activation: 'relu' | 'silu'; gate: 'sigmoid' | 'hardSigmoid' };
  norm?: { epsilon?: number; momentum?: number };
  /** TensorFlow's "same"; evenly on all sides, as PyTorch pads, when left out. */
  padding?: 'same';
}

/** One stage of an architecture's table: kernel side, stride of the first block, expansion, output channels, blocks. */
export type StageRow = readonly [kernelSize: number, stride: number, expansion: number, filters: number, count: number];

/** The blocks of such a table. `squeezedBy`: a block's incoming channels per channel of its squeeze; without it there is none. */
export function stagesOf(rows: readonly StageRow[], stemFilters: number, activation: InvertedResidual['activation'], squeezedBy = Infinity): InvertedResidual[][] {
  return rows.map(([kernelSize, stride, expansion, filters, count], stage) => Array.from({ length: count }, (_, index) => {
    const channels = index > 0 ? filters : stage > 0 ? rows[stage - 1]![3] : stemFilters;
    return { kernelSize, stride: index > 0 ? 1 : stride, expanded: channels * expansion, filters, squeezed: channels / squeezedBy, activation };
  }));
}

export type InvertedResidualLayers = ReturnType<typeof invertedResiduals>;

/** The layers such a network is built with. */
export function invertedResiduals(tf: typeof TensorFlow, { stem, stages, names, squeeze, norm, padding }: InvertedResidualBody) {
  const torch = { ...torchLayers(tf), ...activationLayers(tf) };

  /** Convolution, norm and, after it, the activation, named NORM.act. */
  const pointwise = ([conv, bn]: ConvolutionAndNorm, x: Value, filters: number, activation?: ActivationLayer, name = `${bn}.act`) => {
    const normed = torch.norm(bn, torch.conv(conv, x, filters, 1), norm);
    return activation ? activation(name, normed) : normed;
  };

  /** [n, height, width, channels] → [n, 1, 1, channels] */
  const pooledMap = (name: string, x: Value) => tf.layers.reshape({ name: `${name}.map`, targetShape: [1, 1, x.shape.at(-1)!] }).apply(torch.globalAverage(name, x)) as Value;

  const weighed = ([reduce, restore]: BlockNames['squeeze'], x: Value, squeezed: number) => {
    const channels = x.shape.at(-1)!;
    const { activation, gate: ending } = squeeze!;
    const reduced = torch[activation](`${reduce}.act`, torch.conv(reduce, pooledMap(`${reduce}.pool`, x), squeezed, 1, { bias: true }));
    const gate = torch[ending](`${restore}.gate`, torch.conv(restore, reduced, channels, 1, { bias: true }));
    return tf.layers.multiply({ name: `${restore}.weighed` }).apply([x, gate]) as Value;
  };

  const residual = ({ expand, filter, squeeze, project, sum }: BlockNames, x: Value, block: InvertedResidual) => {
    const { kernelSize, stride, expanded, filters, squeezed } = block;
    const activation = torch[block.activation];
    const channels = x.shape.at(-1)!;
    const wide = expanded === channels ? x : pointwise(expand, x, expanded, activation);
    const filtered = activation(`${filter[1]}.act`, torch.norm(filter[1], torch.depthwise(filter[0], wide, kernelSize, { stride, padding }), norm));
    const projected = pointwise(project, squeezed > 0 ? weighed(squeeze, filtered, squeezed) : filtered, filters);
    return stride === 1 && channels === filters ? torch.add(sum, x, projected) : projected;
  };

  return {
    ...torch,
    pointwise,
    pooledMap,

    /** From the picture through all stages. */
    body(picture: Value): Value {
      const [conv, bn] = names.stem;
      let x = torch[stem.activation](`${bn}.act`, torch.norm(bn, torch.conv(conv, picture, stem.filters, 3, { stride: 2, padding }), norm));
      for (const { block, blockNames } of namedBlocks(stem.filters, stages, names)) x = residual(blockNames, x, block);
      return x;
    },
  };
}

/** The stem, a block per stage, and the head, which begins with the layer given. */
export function stageBlocks({ stem, stages, names }: InvertedResidualBody, headLayer: string): BackboneBlock[] {
  const firstOfStage = namedBlocks(stem.filters, stages, names).filter(({ index }) => index === 0);
  return [
    { name: 'stem', firstLayer: names.stem[0] },
    ...firstOfStage.map(({ stage, expands, blockNames }) => ({ name: `block${stage + 1}`, firstLayer: (expands ? blockNames.expand : blockNames.filter)[0] })),
    { name: 'head', firstLayer: headLayer },
  ];
}

function namedBlocks(stemFilters: number, stages: InvertedResidualBody['stages'], names: ModuleNames) {
  let channels = stemFilters;
  return stages.flatMap((blocks, stage) => blocks.map((block, index) => ({ stage, index, block }))).map(({ stage, index, block }, position) => {
    const expands = block.expanded !== channels;
    channels = block.filters;
    return { block, stage, index, expands, blockNames: names.block({ stage, index, position, expands, squeezes: block.squeezed > 0 }) };
  });
}

/** A multiple of 8 near the wanted number of channels, at most a tenth below it: how the MobileNets round. */
export function roundedChannels(wanted: number): number {
  const rounded = Math.max(8, Math.floor((wanted + 4) / 8) * 8);
  return rounded < 0.9 * wanted ? rounded + 8 : rounded;
}
