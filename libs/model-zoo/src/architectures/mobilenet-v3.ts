import type { Architecture } from './architecture';
import { imagenetScaling } from './imagenet-scaling';
import { invertedResiduals, roundedChannels, stageBlocks, type InvertedResidualBody } from './inverted-residual';
import { timmNames, together, torchvisionNames } from './inverted-residual-names';

/** kernel side, channels between, output channels, whether channels are weighed, activation, stride */
type Row = readonly [number, number, number, boolean, 'relu' | 'hardSwish', number];

interface Size {
  stages: readonly (readonly Row[])[];
  /** Channels before and behind the last pooling. */
  head: [number, number];
}

/** Table 1 of the paper, in stages of one width. */
const large: Size = {
  stages: [
    [[3, 16, 16, false, 'relu', 1]],
    [[3, 64, 24, false, 'relu', 2], [3, 72, 24, false, 'relu', 1]],
    [[5, 72, 40, true, 'relu', 2], [5, 120, 40, true, 'relu', 1], [5, 120, 40, true, 'relu', 1]],
    [[3, 240, 80, false, 'hardSwish', 2], [3, 200, 80, false, 'hardSwish', 1], [3, 184, 80, false, 'hardSwish', 1], [3, 184, 80, false, 'hardSwish', 1]],
    [[3, 480, 112, true, 'hardSwish', 1], [3, 672, 112, true, 'hardSwish', 1]],
    [[5, 672, 160, true, 'hardSwish', 2], [5, 960, 160, true, 'hardSwish', 1], [5, 960, 160, true, 'hardSwish', 1]],
  ],
  head: [960, 1280],
};

/** Table 2 of the paper. */
const small: Size = {
  stages: [
    [[3, 16, 16, true, 'relu', 2]],
    [[3, 72, 24, false, 'relu', 2], [3, 88, 24, false, 'relu', 1]],
    [[5, 96, 40, true, 'hardSwish', 2], [5, 240, 40, true, 'hardSwish', 1], [5, 240, 40, true, 'hardSwish', 1]],
    [[5, 120, 48, true, 'hardSwish', 1], [5, 144, 48, true, 'hardSwish', 1]],
    [[5, 288, 96, true, 'hardSwish', 2], [5, 576, 96, true, 'hardSwish', 1], [5, 576, 96, true, 'hardSwish', 1]],
  ],
  head: [576, 1024],
};

const preprocessing: Architecture['preprocessing'] = { inputSize: 224, resize: 'fill', ...imagenetScaling };

/** MobileNetV3 at full width (Howard et al., 2019). torchvision's norms have another epsilon than timm's. */
export const mobilenetV3s: readonly Architecture[] = [
  inTorchvision('mobilenet_v3_small', small),
  inTorchvision('mobilenet_v3_large', large),
  inTimm('mobilenetv3_small_100', small),
  inTimm('mobilenetv3_large_100', large),
];

function inTorchvision(name: string, size: Size): Architecture {
  const head = `features.${size.stages.flat().length + 1}`;
  const plan = body(size, { names: torchvisionNames(({ position }) => `features.${position + 1}.block`, together), norm: { epsilon: 1e-3, momentum: 0.99 } });
  return {
    name, family: 'torchvision', preprocessing, blocks: stageBlocks(plan, `${head}.0`), featureLayer: 'features',
    build(tf) {
      const torch = invertedResiduals(tf, plan);
      const picture = torch.picture();
      const [before, behind] = size.head;
      const map = torch.pointwise([`${head}.0`, `${head}.1`], torch.body(picture), before, torch.hardSwish);
      const features = torch.hardSwish('features', torch.linear('classifier.0', torch.globalAverage('pool', map), behind));
      return torch.classifier(name, picture, torch.linear('classifier.3', features, 1000));
    },
  };
}

function inTimm(name: string, size: Size): Architecture {
  const head = `blocks.${size.stages.length}.0`;
  const plan = body(size, { names: timmNames });
  return {
    name, family: 'timm', preprocessing, blocks: stageBlocks(plan, `${head}.conv`), featureLayer: 'features',
    build(tf) {
      const torch = invertedResiduals(tf, plan);
      const picture = torch.picture();
      const [before, behind] = size.head;
      const map = torch.pointwise([`${head}.conv`, `${head}.bn1`], torch.body(picture), before, torch.hardSwish);
      // A convolution, though behind the pooling: its tensor is one's.
      const mixed = torch.conv('conv_head', torch.pooledMap('pool', map), behind, 1, { bias: true });
      const features = tf.layers.flatten({ name: 'features' }).apply(torch.hardSwish('conv_head.act', mixed)) as typeof mixed;
      return torch.classifier(name, picture, torch.linear('classifier', features, 1000));
    },
  };
}

function body({ stages }: Size, plan: Pick<InvertedResidualBody, 'names' | 'norm'>): InvertedResidualBody {
  return {
    ...plan,
    stem: { filters: 16, activation: 'hardSwish' },
    stages: stages.map((rows) => rows.map(([kernelSize, expanded, filters, weighs, activation, stride]) => ({
      kernelSize, stride, expanded, filters, activation, squeezed: weighs ? roundedChannels(expanded / 4) : 0,
    }))),
    squeeze: { activation: 'relu', gate: 'hardSigmoid' },
  };
}
