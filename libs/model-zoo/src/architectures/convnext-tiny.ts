import type * as TensorFlow from '@tensorflow/tfjs';
import type { Architecture } from './architecture';
import { imagenetScaling } from './imagenet-scaling';
import { torchLayers } from './torch-layers';

type Value = TensorFlow.SymbolicTensor;

/** Channels and blocks of each stage; every stage after the first halves the sides. */
const stages = [[96, 3], [192, 3], [384, 9], [768, 3]] as const;

const epsilon = 1e-6;

interface ModuleNames {
  stem: [convolution: string, norm: string];
  /** Of the stages after the first. */
  downsample(stage: number): [norm: string, convolution: string];
  block(stage: number, index: number): { filter: string; norm: string; widen: string; narrow: string; scale: string };
  head: [norm: string, linear: string];
}

/** ConvNeXt-Tiny (Liu et al., 2022). */
export const convnextTinies: readonly Architecture[] = [
  // torchvision alternates: a stage, the halving after it.
  convnextTiny('torchvision', {
    stem: ['features.0.0', 'features.0.1'],
    downsample: (stage) => [`features.${2 * stage}.0`, `features.${2 * stage}.1`],
    block(stage, index) {
      const at = `features.${2 * stage + 1}.${index}`;
      return { filter: `${at}.block.0`, norm: `${at}.block.2`, widen: `${at}.block.3`, narrow: `${at}.block.5`, scale: `${at}.layer_scale` };
    },
    head: ['classifier.0', 'classifier.2'],
  }),
  convnextTiny('timm', {
    stem: ['stem.0', 'stem.1'],
    downsample: (stage) => [`stages.${stage}.downsample.0`, `stages.${stage}.downsample.1`],
    block(stage, index) {
      const at = `stages.${stage}.blocks.${index}`;
      return { filter: `${at}.conv_dw`, norm: `${at}.norm`, widen: `${at}.mlp.fc1`, narrow: `${at}.mlp.fc2`, scale: `${at}.gamma` };
    },
    head: ['head.norm', 'head.fc'],
  }),
];

function convnextTiny(family: Architecture['family'], names: ModuleNames): Architecture {
  return {
    name: 'convnext_tiny', family,
    preprocessing: { inputSize: 224, resize: 'fill', ...imagenetScaling },
    blocks: [
      { name: 'stem', firstLayer: names.stem[0] },
      ...stages.map((_, stage) => ({ name: `stage${stage + 1}`, firstLayer: stage === 0 ? names.block(0, 0).filter : names.downsample(stage)[0] })),
    ],
    featureLayer: names.head[0],
    build: (tf) => build(tf, names),
  };
}

function build(tf: typeof TensorFlow, names: ModuleNames): TensorFlow.LayersModel {
  const torch = torchLayers(tf);
  const patches = (name: string, x: Value, filters: number, side: number) => torch.conv(name, x, filters, side, { stride: side, padding: 0, bias: true });

  const residual = ({ filter, norm, widen, narrow, scale }: ReturnType<ModuleNames['block']>, x: Value) => {
    const channels = x.shape.at(-1)!;
    const normed = torch.layerNorm(norm, torch.depthwise(filter, x, 7, { bias: true }), epsilon);
    const narrowed = torch.linear(narrow, torch.linear(widen, normed, 4 * channels, 'gelu'), channels);
    // A factor per channel: a convolution over one pixel of one channel.
    return torch.add(`${narrow}.add`, x, torch.depthwise(scale, narrowed, 1));
  };

  const picture = torch.picture();
  let x = torch.layerNorm(names.stem[1], patches(names.stem[0], picture, stages[0][0], 4), epsilon);
  stages.forEach(([channels, count], stage) => {
    if (stage > 0) {
      const [norm, convolution] = names.downsample(stage);
      x = patches(convolution, torch.layerNorm(norm, x, epsilon), channels, 2);
    }
    for (let index = 0; index < count; index++) x = residual(names.block(stage, index), x);
  });
  const [norm, linear] = names.head;
  const features = torch.layerNorm(norm, torch.globalAverage('pool', x), epsilon);
  return torch.classifier('convnext_tiny', picture, torch.linear(linear, features, 1000));
}
