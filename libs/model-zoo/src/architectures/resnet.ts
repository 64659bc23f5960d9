import type * as TensorFlow from '@tensorflow/tfjs';
import type { Architecture } from './architecture';
import { imagenetScaling } from './imagenet-scaling';
import { torchLayers, type TorchLayers } from './torch-layers';

type Value = TensorFlow.SymbolicTensor;

/** ResNet (He et al., 2015). Torchvision and timm name its modules alike. */
export const resnets: readonly Architecture[] = (['torchvision', 'timm'] as const).flatMap((family) => [
  resnet(family, 'resnet18', 'basic', [2, 2, 2, 2]),
  resnet(family, 'resnet34', 'basic', [3, 4, 6, 3]),
  resnet(family, 'resnet50', 'bottleneck', [3, 4, 6, 3]),
]);

/** What is added to the shortcut: two 3 × 3 convolutions, or one between two of 1 × 1, the last to four times as many channels. */
type Branch = 'basic' | 'bottleneck';

function resnet(family: Architecture['family'], name: string, branch: Branch, repeats: readonly number[]): Architecture {
  return {
    name, family,
    preprocessing: { inputSize: 224, resize: 'fill', ...imagenetScaling },
    blocks: [
      { name: 'stem', firstLayer: 'conv1' },
      // The padding before a convolution of stride 2 is a layer of its own.
      ...repeats.map((_, stage) => ({ name: `layer${stage + 1}`, firstLayer: `layer${stage + 1}.0.conv1${branch === 'basic' && stage > 0 ? '.pad' : ''}` })),
    ],
    featureLayer: `layer4.${repeats[3]! - 1}.relu`,
    build: (tf) => build(tf, name, branch, repeats),
  };
}

function build(tf: typeof TensorFlow, name: string, branch: Branch, repeats: readonly number[]): TensorFlow.LayersModel {
  const torch = torchLayers(tf);
  const picture = torch.picture();
  const stem = torch.relu('relu', torch.norm('bn1', torch.conv('conv1', picture, 64, 7, { stride: 2 })));
  let x = torch.maxPool('maxpool', stem, 3, { stride: 2, padding: 1 });
  repeats.forEach((blocks, stage) => {
    const width = 64 * 2 ** stage;
    for (let block = 0; block < blocks; block++) {
      const at = `layer${stage + 1}.${block}`;
      const stride = block === 0 && stage > 0 ? 2 : 1;
      const filters = branch === 'basic' ? width : 4 * width;
      const changes = stride > 1 || x.shape.at(-1) !== filters;
      const shortcut = changes ? torch.norm(`${at}.downsample.1`, torch.conv(`${at}.downsample.0`, x, filters, 1, { stride })) : x;
      x = torch.relu(`${at}.relu`, torch.add(`${at}.add`, branches[branch](torch, at, x, width, stride), shortcut));
    }
  });
  return torch.classifier(name, picture, torch.linear('fc', torch.globalAverage('avgpool', x), 1000));
}

function basic(torch: TorchLayers, at: string, x: Value, width: number, stride: number): Value {
  const first = torch.relu(`${at}.relu1`, torch.norm(`${at}.bn1`, torch.conv(`${at}.conv1`, x, width, 3, { stride })));
  return torch.norm(`${at}.bn2`, torch.conv(`${at}.conv2`, first, width, 3));
}

/** The stride sits in the 3 × 3 convolution, as in both libraries, not in the first one as in the paper. */
function bottleneck(torch: TorchLayers, at: string, x: Value, width: number, stride: number): Value {
  const narrowed = torch.relu(`${at}.relu1`, torch.norm(`${at}.bn1`, torch.conv(`${at}.conv1`, x, width, 1)));
  const filtered = torch.relu(`${at}.relu2`, torch.norm(`${at}.bn2`, torch.conv(`${at}.conv2`, narrowed, width, 3, { stride })));
  return torch.norm(`${at}.bn3`, torch.conv(`${at}.conv3`, filtered, 4 * width, 1));
}

const branches = { basic, bottleneck };
