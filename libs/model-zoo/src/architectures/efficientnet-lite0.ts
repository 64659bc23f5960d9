import type * as TensorFlow from '@tensorflow/tfjs';
import type { Architecture } from './architecture';

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

/** EfficientNet-Lite0 (Tan and Le, 2019; without squeeze-and-excitation, with relu6), TensorFlow's "same" padding. */
export const efficientnetLite0: Architecture = {
  name: 'tf_efficientnet_lite0',
  preprocessing: { inputSize: 224, resize: 'fill', range: [-1, 1] },
  blocks: [
    { name: 'stem', firstLayer: 'conv_stem' },
    ...stages.map(([, , expansion], stage) => ({ name: `block${stage + 1}`, firstLayer: `blocks.${stage}.0.${expansion === 1 ? 'conv_dw' : 'conv_pw'}` })),
    { name: 'head', firstLayer: 'conv_head' },
  ],
  featureLayer: 'features',
  build,
};

function build({ input, layers, model }: typeof TensorFlow): TensorFlow.LayersModel {
  type Value = TensorFlow.SymbolicTensor;
  const conv = (name: string, x: Value, filters: number, kernelSize: number, strides = 1) =>
    layers.conv2d({ name, filters, kernelSize, strides, padding: 'same', useBias: false, kernelInitializer: 'zeros' }).apply(x) as Value;
  const depthwise = (name: string, x: Value, kernelSize: number, strides: number) =>
    layers.depthwiseConv2d({ name, kernelSize, strides, padding: 'same', useBias: false, depthwiseInitializer: 'zeros' }).apply(x) as Value;
  const norm = (name: string, x: Value) => layers.batchNormalization({ name, epsilon: 1e-3 }).apply(x) as Value;
  const relu6 = (name: string, x: Value) => layers.reLU({ name, maxValue: 6 }).apply(x) as Value;
  const normRelu6 = (name: string, x: Value) => relu6(`${name}.act`, norm(name, x));

  const separable = (at: string, x: Value, kernelSize: number, strides: number, filters: number) => {
    const filtered = normRelu6(`${at}.bn1`, depthwise(`${at}.conv_dw`, x, kernelSize, strides));
    return norm(`${at}.bn2`, conv(`${at}.conv_pw`, filtered, filters, 1));
  };
  const inverted = (at: string, x: Value, kernelSize: number, strides: number, expansion: number, filters: number) => {
    const channels = x.shape.at(-1)!;
    const expanded = normRelu6(`${at}.bn1`, conv(`${at}.conv_pw`, x, channels * expansion, 1));
    const filtered = normRelu6(`${at}.bn2`, depthwise(`${at}.conv_dw`, expanded, kernelSize, strides));
    const projected = norm(`${at}.bn3`, conv(`${at}.conv_pwl`, filtered, filters, 1));
    return strides === 1 && channels === filters ? (layers.add({ name: `${at}.add` }).apply([x, projected]) as Value) : projected;
  };

  const picture = input({ shape: [224, 224, 3], name: 'picture' });
  let x = normRelu6('bn1', conv('conv_stem', picture, 32, 3, 2));
  stages.forEach(([kernelSize, firstStride, expansion, filters, repeats], stage) => {
    for (let block = 0; block < repeats; block++) {
      const at = `blocks.${stage}.${block}`;
      const strides = block === 0 ? firstStride : 1;
      x = expansion === 1 ? separable(at, x, kernelSize, strides, filters) : inverted(at, x, kernelSize, strides, expansion, filters);
    }
  });
  x = relu6('features', norm('bn2', conv('conv_head', x, 1280, 1)));
  x = layers.globalAveragePooling2d({ name: 'pool' }).apply(x) as Value;
  x = layers.dense({ name: 'classifier', units: 1000, activation: 'softmax', kernelInitializer: 'zeros' }).apply(x) as Value;
  return model({ inputs: picture, outputs: x, name: 'tf_efficientnet_lite0' });
}
