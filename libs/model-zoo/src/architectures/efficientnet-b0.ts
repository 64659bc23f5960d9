import type { Architecture } from './architecture';
import { imagenetScaling } from './imagenet-scaling';
import { invertedResiduals, stageBlocks, stagesOf, type InvertedResidualBody, type StageRow } from './inverted-residual';
import { timmNames, together, torchvisionNames } from './inverted-residual-names';

/** Table 1 of the paper. */
export const efficientnetB0Rows: readonly StageRow[] = [
  [3, 1, 1, 16, 1],
  [3, 2, 6, 24, 2],
  [5, 2, 6, 40, 2],
  [3, 2, 6, 80, 3],
  [5, 1, 6, 112, 3],
  [5, 2, 6, 192, 4],
  [3, 1, 6, 320, 1],
];

const stemFilters = 32;

/** EfficientNet-B0 (Tan and Le, 2019). */
export const efficientnetB0s: readonly Architecture[] = [efficientnetB0('torchvision'), efficientnetB0('timm')];

function efficientnetB0(family: Architecture['family']): Architecture {
  const inTorchvision = family === 'torchvision';
  const plan: InvertedResidualBody = {
    stages: stagesOf(efficientnetB0Rows, stemFilters, 'silu', 4),
    stem: { filters: stemFilters, activation: 'silu' },
    names: inTorchvision ? torchvisionNames(({ stage, index }) => `features.${stage + 1}.${index}.block`, together) : timmNames,
    squeeze: { activation: 'silu', gate: 'sigmoid' },
  };
  const head = inTorchvision ? ['features.8.0', 'features.8.1'] as const : ['conv_head', 'bn2'] as const;
  return {
    name: 'efficientnet_b0', family,
    preprocessing: { inputSize: 224, resize: 'fill', ...imagenetScaling },
    blocks: stageBlocks(plan, head[0]),
    featureLayer: 'features',
    build(tf) {
      const torch = invertedResiduals(tf, plan);
      const picture = torch.picture();
      const features = torch.pointwise([...head], torch.body(picture), 1280, torch.silu, 'features');
      return torch.classifier('efficientnet_b0', picture, torch.linear(inTorchvision ? 'classifier.1' : 'classifier', torch.globalAverage('pool', features), 1000));
    },
  };
}
