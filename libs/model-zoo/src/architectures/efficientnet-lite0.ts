import type { Architecture } from './architecture';
import { efficientnetB0Rows } from './efficientnet-b0';
import { imagenetScaling } from './imagenet-scaling';
import { invertedResiduals, stageBlocks, stagesOf, type InvertedResidualBody } from './inverted-residual';
import { timmNames } from './inverted-residual-names';

/** EfficientNet-Lite0 (Tan and Le, 2019; without squeeze-and-excitation, with relu6): Google's weights and those trained with timm. */
export const efficientnetLites: readonly Architecture[] = [
  efficientnetLite0('tf_efficientnet_lite0', { range: [-1, 1] }, { padding: 'same', norm: { epsilon: 1e-3, momentum: 0.99 } }),
  efficientnetLite0('efficientnet_lite0', imagenetScaling, { norm: { epsilon: 1e-5, momentum: 0.9 } }),
];

function efficientnetLite0(name: string, scaling: Partial<Architecture['preprocessing']>, variant: Pick<InvertedResidualBody, 'padding' | 'norm'>): Architecture {
  const stemFilters = 32;
  const plan: InvertedResidualBody = {
    ...variant,
    stages: stagesOf(efficientnetB0Rows, stemFilters, 'relu6'),
    stem: { filters: stemFilters, activation: 'relu6' },
    names: timmNames,
  };
  return {
    name, family: 'timm',
    preprocessing: { inputSize: 224, resize: 'fill', ...scaling },
    blocks: stageBlocks(plan, 'conv_head'),
    featureLayer: 'features',
    build(tf) {
      const torch = invertedResiduals(tf, plan);
      const picture = torch.picture();
      const features = torch.pointwise(['conv_head', 'bn2'], torch.body(picture), 1280, torch.relu6, 'features');
      return torch.classifier('efficientnet_lite0', picture, torch.linear('classifier', torch.globalAverage('pool', features), 1000));
    },
  };
}
