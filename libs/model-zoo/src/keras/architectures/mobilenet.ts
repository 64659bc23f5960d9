import type * as TensorFlow from '@tensorflow/tfjs';
import { mobilenetV1Blocks, mobilenetV1FeatureLayer } from '../../catalogue/mobilenet-v1';
import { torchLayers } from '../../architectures/torch-layers';
import type { KerasArchitecture } from './keras-architecture';

const norm = { epsilon: 1e-3, momentum: 0.99 };

/** Stride and, at full width, channels of the thirteen separable convolutions. */
const separable = [
  [1, 64], [2, 128], [1, 128], [2, 256], [1, 256], [2, 512], [1, 512], [1, 512], [1, 512], [1, 512], [1, 512], [2, 1024], [1, 1024],
] as const;

/** MobileNet V1 (Howard et al., 2017) as Keras Applications names it: its weight files are mobilenet_2_5_224_tf.h5 and so on, with and without the classifier. */
export const kerasMobilenets: readonly KerasArchitecture[] = [0.25, 0.5, 0.75, 1].map((width) => ({
  name: `mobilenet_v1_${width === 1 ? '1.0' : width}_224`,
  preprocessing: { inputSize: 224, resize: 'fill', range: [-1, 1] },
  blocks: mobilenetV1Blocks,
  featureLayer: mobilenetV1FeatureLayer,
  build: (tf) => build(tf, width),
}));

function build(tf: typeof TensorFlow, width: number): TensorFlow.LayersModel {
  const torch = torchLayers(tf);
  const picture = torch.picture();
  const normRelu6 = (name: string, x: TensorFlow.SymbolicTensor) => torch.relu6(`${name}_relu`, torch.norm(`${name}_bn`, x, norm));
  let x = normRelu6('conv1', torch.conv('conv1', picture, 32 * width, 3, { stride: 2, padding: 'same' }));
  separable.forEach(([stride, channels], index) => {
    x = normRelu6(`conv_dw_${index + 1}`, torch.depthwise(`conv_dw_${index + 1}`, x, 3, { stride, padding: 'same' }));
    x = normRelu6(`conv_pw_${index + 1}`, torch.conv(`conv_pw_${index + 1}`, x, channels * width, 1));
  });
  const pooled = tf.layers.reshape({ name: 'reshape_1', targetShape: [1, 1, 1024 * width] }).apply(torch.globalAverage('global_average_pooling2d', x)) as TensorFlow.SymbolicTensor;
  const scores = torch.conv('conv_preds', pooled, 1000, 1, { bias: true });
  return torch.classifier('mobilenet_v1', picture, tf.layers.flatten({ name: 'reshape_2' }).apply(scores) as TensorFlow.SymbolicTensor);
}
