import type * as TensorFlow from '@tensorflow/tfjs';
import { torchLayers } from '../../architectures/torch-layers';
import { kerasModes } from '../keras-modes';
import type { KerasArchitecture } from './keras-architecture';

type Value = TensorFlow.SymbolicTensor;

/** Squeezed channels and those of each expansion, by the number of the fire module. */
const fires = [[2, 16, 64], [3, 16, 64], [4, 32, 128], [5, 32, 128], [6, 48, 192], [7, 48, 192], [8, 64, 256], [9, 64, 256]] as const;

/** SqueezeNet 1.1 as DeepCognition/keras-squeezenet names it, without its classifier: its published weights have none. Prepared as for Caffe. */
export const kerasSqueezenet: KerasArchitecture = {
  name: 'squeezenet1_1',
  preprocessing: { inputSize: 227, resize: 'fill', ...kerasModes.caffe },
  blocks: [
    { name: 'stem', firstLayer: 'conv1' },
    ...[2, 4, 6, 8].map((start, index) => ({ name: `fires${index + 1}`, firstLayer: `fire${start}/squeeze1x1` })),
  ],
  featureLayer: 'fire9/concat',
  build,
};

function build(tf: typeof TensorFlow): TensorFlow.LayersModel {
  const torch = torchLayers(tf);
  const branch = (fire: string, part: string, from: Value, filters: number, kernelSize: number) =>
    torch.relu(`${fire}/relu_${part}`, torch.conv(`${fire}/${part}`, from, filters, kernelSize, { bias: true }));
  const picture = torch.picture(227);
  let x = torch.relu('relu_conv1', torch.conv('conv1', picture, 64, 3, { stride: 2, padding: 0, bias: true }));
  for (const [number, squeezed, expanded] of fires) {
    if (number === 2 || number === 4 || number === 6) x = torch.maxPool(`pool${number - 1}`, x, 3, { stride: 2 });
    const narrow = branch(`fire${number}`, 'squeeze1x1', x, squeezed, 1);
    x = torch.concatenate(`fire${number}/concat`, [branch(`fire${number}`, 'expand1x1', narrow, expanded, 1), branch(`fire${number}`, 'expand3x3', narrow, expanded, 3)]);
  }
  return tf.model({ name: 'squeezenet1_1', inputs: picture, outputs: x });
}
