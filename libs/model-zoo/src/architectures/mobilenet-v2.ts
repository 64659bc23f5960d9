import type { Architecture } from './architecture';
import { imagenetScaling } from './imagenet-scaling';
import { invertedResiduals, stageBlocks, type InvertedResidual, type InvertedResidualBody } from './inverted-residual';
import { apart, timmNames, torchvisionNames } from './inverted-residual-names';

/** One row per stage: expansion, output channels, blocks, stride of the first block (table 2 of the paper). */
const rows = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

const stemFilters = 32;

const stages = rows.map(([expansion, filters, count, stride], stage) => Array.from({ length: count }, (_, index): InvertedResidual => {
  const channels = index > 0 ? filters : stage > 0 ? rows[stage - 1]![1] : stemFilters;
  return { kernelSize: 3, stride: index > 0 ? 1 : stride, expanded: channels * expansion, filters, squeezed: 0, activation: 'relu6' };
}));

/** MobileNetV2 at full width (Sandler et al., 2018). */
export const mobilenetV2s: readonly Architecture[] = [
  mobilenetV2('mobilenet_v2', 'torchvision'),
  mobilenetV2('mobilenetv2_100', 'timm'),
];

function mobilenetV2(name: string, family: Architecture['family']): Architecture {
  const inTorchvision = family === 'torchvision';
  const plan: InvertedResidualBody = {
    stages,
    stem: { filters: stemFilters, activation: 'relu6' },
    names: inTorchvision ? torchvisionNames(({ position }) => `features.${position + 1}.conv`, apart) : timmNames,
    squeeze: { activation: 'relu', gate: 'sigmoid' },
  };
  const head = inTorchvision ? ['features.18.0', 'features.18.1'] as const : ['conv_head', 'bn2'] as const;
  return {
    name, family,
    preprocessing: { inputSize: 224, resize: 'fill', ...imagenetScaling },
    blocks: stageBlocks(plan, head[0]),
    featureLayer: 'features',
    build(tf) {
      const torch = invertedResiduals(tf, plan);
      const picture = torch.picture();
      const features = torch.pointwise([...head], torch.body(picture), 1280, torch.relu6, 'features');
      return torch.classifier(name, picture, torch.linear(inTorchvision ? 'classifier.1' : 'classifier', torch.globalAverage('pool', features), 1000));
    },
  };
}
