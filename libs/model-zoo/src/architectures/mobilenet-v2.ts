import type { Architecture } from './architecture';
import { imagenetScaling } from './imagenet-scaling';
import { invertedResiduals, stageBlocks, stagesOf, type InvertedResidualBody, type StageRow } from './inverted-residual';
import { apart, timmNames, torchvisionNames } from './inverted-residual-names';

/** Table 2 of the paper. */
const rows: readonly StageRow[] = [
  [3, 1, 1, 16, 1],
  [3, 2, 6, 24, 2],
  [3, 2, 6, 32, 3],
  [3, 2, 6, 64, 4],
  [3, 1, 6, 96, 3],
  [3, 2, 6, 160, 3],
  [3, 1, 6, 320, 1],
];

const stemFilters = 32;

/** MobileNetV2 at full width (Sandler et al., 2018). */
export const mobilenetV2s: readonly Architecture[] = [
  mobilenetV2('mobilenet_v2', 'torchvision'),
  mobilenetV2('mobilenetv2_100', 'timm'),
];

function mobilenetV2(name: string, family: Architecture['family']): Architecture {
  const inTorchvision = family === 'torchvision';
  const plan: InvertedResidualBody = {
    stages: stagesOf(rows, stemFilters, 'relu6'),
    stem: { filters: stemFilters, activation: 'relu6' },
    names: inTorchvision ? torchvisionNames(({ position }) => `features.${position + 1}.conv`, apart) : timmNames,
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
