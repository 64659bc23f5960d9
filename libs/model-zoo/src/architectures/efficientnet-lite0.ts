import type * as TensorFlow from '@tensorflow/tfjs';
import type { Architecture } from './architecture';
import { imagenetScaling } from './imagenet-scaling';
import { torchLayers } from './torch-layers';

type Value = TensorFlow.SymbolicTensor;

/** One row per stage: kernel side, stride of the first block, expansion, output channels, blocks. */
const stages = [
  [3, 1, 1, 16, 1],
  [3, 2, 6, 24, 2],
  [5, 2, 6, 40, 2],
  [3, 2, 6, 80, 3],
  [5, 1, 6, 112, 3],
  [5, 2, 6, 192, 4],
  [3, 1, 6, 320, 1],
] as const;

const blocks = [
  { name: 'stem', firstLayer: 'conv_stem' },
  ...stages.map(([, , expansion], stage) => ({ name: `block${stage + 1}`, firstLayer: `blocks.${stage}.0.${expansion === 1 ? 'conv_dw' : 'conv_pw'}` })),
  { name: 'head', firstLayer: 'conv_head' },
];

/** EfficientNet-Lite0 (Tan and Le, 2019; without squeeze-and-excitation, with relu6): Google's weights and those trained with timm. */
export const efficientnetLites: readonly Architecture[] = [
  {
    name: 'tf_efficientnet_lite0', family: 'timm', blocks, featureLayer: 'features',
    preprocessing: { inputSize: 224, resize: 'fill', range: [-1, 1] },
    build: (tf) => build(tf, { padding: 'same', norm: { epsilon: 1e-3, momentum: 0.99 } }),
  },
  {
    name: 'efficientnet_lite0', family: 'timm', blocks, featureLayer: 'features',
    preprocessing: { inputSize: 224, resize: 'fill', ...imagenetScaling },
    build: (tf) => build(tf, { norm: { epsilon: 1e-5, momentum: 0.9 } }),
  },
];

interface Variant {
  /** TensorFlow's "same"; evenly on all sides, as PyTorch pads, when left out. */
  padding?: 'same';
  norm: { epsilon: number; momentum: number };
}

function build(tf: typeof TensorFlow, { padding, norm }: Variant): TensorFlow.LayersModel {
  const torch = torchLayers(tf);
  const normRelu6 = (name: string, x: Value) => torch.relu6(`${name}.act`, torch.norm(name, x, norm));

  const separable = (at: string, x: Value, kernelSize: number, stride: number, filters: number) => {
    const filtered = normRelu6(`${at}.bn1`, torch.depthwise(`${at}.conv_dw`, x, kernelSize, { stride, padding }));
    return torch.norm(`${at}.bn2`, torch.conv(`${at}.conv_pw`, filtered, filters, 1), norm);
  };
  const inverted = (at: string, x: Value, kernelSize: number, stride: number, expansion: number, filters: number) => {
    const channels = x.shape.at(-1)!;
    const expanded = normRelu6(`${at}.bn1`, torch.conv(`${at}.conv_pw`, x, channels * expansion, 1));
    const filtered = normRelu6(`${at}.bn2`, torch.depthwise(`${at}.conv_dw`, expanded, kernelSize, { stride, padding }));
    const projected = torch.norm(`${at}.bn3`, torch.conv(`${at}.conv_pwl`, filtered, filters, 1), norm);
    return stride === 1 && channels === filters ? torch.add(`${at}.add`, x, projected) : projected;
  };

  const picture = torch.picture();
  let x = normRelu6('bn1', torch.conv('conv_stem', picture, 32, 3, { stride: 2, padding }));
  stages.forEach(([kernelSize, firstStride, expansion, filters, repeats], stage) => {
    for (let block = 0; block < repeats; block++) {
      const at = `blocks.${stage}.${block}`;
      const stride = block === 0 ? firstStride : 1;
      x = expansion === 1 ? separable(at, x, kernelSize, stride, filters) : inverted(at, x, kernelSize, stride, expansion, filters);
    }
  });
  const features = torch.relu6('features', torch.norm('bn2', torch.conv('conv_head', x, 1280, 1), norm));
  return torch.classifier('efficientnet_lite0', picture, torch.linear('classifier', torch.globalAverage('pool', features), 1000));
}
