import type * as TensorFlow from '@tensorflow/tfjs';
import type { Architecture } from './architecture';
import { imagenetScaling } from './imagenet-scaling';
import { torchLayers } from './torch-layers';

type Value = TensorFlow.SymbolicTensor;

/** By torchvision's number of the layer: a fire module's squeezed channels and those of each of its two expansions. */
const fires: ReadonlyMap<number, readonly [squeezed: number, expanded: number]> = new Map([
  [3, [16, 64]], [4, [16, 64]], [6, [32, 128]], [7, [32, 128]], [9, [48, 192]], [10, [48, 192]], [11, [64, 256]], [12, [64, 256]],
]);

/** SqueezeNet 1.1 (Iandola et al., 2016). */
export const squeezenet: Architecture = {
  name: 'squeezenet1_1',
  family: 'torchvision',
  preprocessing: { inputSize: 224, resize: 'fill', ...imagenetScaling },
  blocks: [
    { name: 'stem', firstLayer: 'features.0' },
    ...[3, 6, 9, 11].map((start, index) => ({ name: `fires${index + 1}`, firstLayer: `features.${start}.squeeze` })),
  ],
  featureLayer: 'features.12.concat',
  build,
};

function build(tf: typeof TensorFlow): TensorFlow.LayersModel {
  const torch = torchLayers(tf);
  const fire = (at: string, x: Value, squeezed: number, expanded: number) => {
    const branch = (name: string, from: Value, filters: number, kernelSize: number) => torch.relu(`${at}.${name}_activation`, torch.conv(`${at}.${name}`, from, filters, kernelSize, { bias: true }));
    const narrow = branch('squeeze', x, squeezed, 1);
    return torch.concatenate(`${at}.concat`, [branch('expand1x1', narrow, expanded, 1), branch('expand3x3', narrow, expanded, 3)]);
  };

  const picture = torch.picture();
  let x = torch.relu('features.1', torch.conv('features.0', picture, 64, 3, { stride: 2, padding: 0, bias: true }));
  for (let layer = 2; layer <= 12; layer++) {
    const fired = fires.get(layer);
    // Rounded up in torchvision; at 224 pixels every pooling (111, 55, 27 pixels) divides without a rest.
    x = fired ? fire(`features.${layer}`, x, ...fired) : torch.maxPool(`features.${layer}`, x, 3, { stride: 2 });
  }
  const scores = torch.relu('classifier.2', torch.conv('classifier.1', x, 1000, 1, { bias: true }));
  return torch.classifier('squeezenet1_1', picture, torch.globalAverage('classifier.3', scores));
}
