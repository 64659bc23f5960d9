import type * as TensorFlow from '@tensorflow/tfjs';
import type { Architecture } from './architecture';
import { imagenetScaling } from './imagenet-scaling';
import { torchLayers } from './torch-layers';

type Value = TensorFlow.SymbolicTensor;

/** Layers per dense block; each adds 32 channels to all that came before. */
const denseBlocks = [6, 12, 24, 16];
const growth = 32;

/** DenseNet-121 (Huang et al., 2016): normalised and rectified before each convolution. Torchvision and timm name its modules alike. */
export const densenets: readonly Architecture[] = (['torchvision', 'timm'] as const).map((family) => ({
  name: 'densenet121', family, build,
  preprocessing: { inputSize: 224, resize: 'fill', ...imagenetScaling },
  blocks: [
    { name: 'stem', firstLayer: 'features.conv0' },
    { name: 'denseblock1', firstLayer: 'features.denseblock1.denselayer1.norm1' },
    // From the transition before it, which halves channels and sides.
    ...[1, 2, 3].map((transition) => ({ name: `denseblock${transition + 1}`, firstLayer: `features.transition${transition}.norm` })),
  ],
  featureLayer: 'features.relu5',
}));

function build(tf: typeof TensorFlow): TensorFlow.LayersModel {
  const torch = torchLayers(tf);
  const denseLayer = (at: string, x: Value) => {
    const narrowed = torch.conv(`${at}.conv1`, torch.relu(`${at}.relu1`, torch.norm(`${at}.norm1`, x)), 4 * growth, 1);
    return torch.conv(`${at}.conv2`, torch.relu(`${at}.relu2`, torch.norm(`${at}.norm2`, narrowed)), growth, 3);
  };
  const transition = (at: string, x: Value) => {
    const halved = torch.conv(`${at}.conv`, torch.relu(`${at}.relu`, torch.norm(`${at}.norm`, x)), x.shape.at(-1)! / 2, 1);
    return torch.averagePool(`${at}.pool`, halved, 2);
  };

  const picture = torch.picture();
  const stem = torch.relu('features.relu0', torch.norm('features.norm0', torch.conv('features.conv0', picture, 64, 7, { stride: 2 })));
  let x = torch.maxPool('features.pool0', stem, 3, { stride: 2, padding: 1 });
  denseBlocks.forEach((count, index) => {
    if (index > 0) x = transition(`features.transition${index}`, x);
    for (let layer = 1; layer <= count; layer++) {
      const at = `features.denseblock${index + 1}.denselayer${layer}`;
      x = torch.concatenate(`${at}.concat`, [x, denseLayer(at, x)]);
    }
  });
  const features = torch.relu('features.relu5', torch.norm('features.norm5', x));
  return torch.classifier('densenet121', picture, torch.linear('classifier', torch.globalAverage('pool', features), 1000));
}
