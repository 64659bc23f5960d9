import type * as TensorFlow from '@tensorflow/tfjs';
import type { Architecture } from './architecture';
import { imagenetScaling } from './imagenet-scaling';
import { torchLayers, type TorchLayers } from './torch-layers';

type Value = TensorFlow.SymbolicTensor;

/** VGG (Simonyan and Zisserman, 2014) without batch normalisation: convolutions per stage, each stage ending in a pooling. */
export const vggs: readonly Architecture[] = (['torchvision', 'timm'] as const).flatMap((family) => [
  vgg(family, 'vgg11', [1, 1, 2, 2, 2]),
  vgg(family, 'vgg16', [2, 2, 3, 3, 3]),
]);

const widths = [64, 128, 256, 512, 512];

function vgg(family: Architecture['family'], name: string, convolutions: readonly number[]): Architecture {
  const starts = stageStarts(convolutions);
  const [classifier, featureLayer] = family === 'torchvision' ? ['classifier.0', 'classifier.4'] : ['pre_logits.fc1', 'pre_logits.act2'];
  return {
    name, family, featureLayer,
    preprocessing: { inputSize: 224, resize: 'fill', ...imagenetScaling },
    blocks: [...starts.map((start, stage) => ({ name: `stage${stage + 1}`, firstLayer: `features.${start}` })), { name: 'classifier', firstLayer: classifier }],
    build: (tf) => build(tf, family, name, convolutions),
  };
}

/** Both libraries number convolutions, rectifiers and poolings through, from 0. */
function stageStarts(convolutions: readonly number[]): number[] {
  let next = 0;
  return convolutions.map((count) => {
    const start = next;
    next += 2 * count + 1;
    return start;
  });
}

function build(tf: typeof TensorFlow, family: Architecture['family'], name: string, convolutions: readonly number[]): TensorFlow.LayersModel {
  const torch = torchLayers(tf);
  const picture = torch.picture();
  let x = picture;
  stageStarts(convolutions).forEach((start, stage) => {
    const end = start + 2 * convolutions[stage]!;
    for (let at = start; at < end; at += 2) x = torch.relu(`features.${at + 1}`, torch.conv(`features.${at}`, x, widths[stage]!, 3, { bias: true }));
    x = torch.maxPool(`features.${end}`, x, 2);
  });
  return torch.classifier(name, picture, classifiers[family](torch, x));
}

/** The dropout between the linear layers, 0.5 in the paper, is left out: a new head brings its own. */
const classifiers = {
  /** Pooling to 7 × 7 changes nothing at 224 pixels. */
  torchvision(torch: TorchLayers, x: Value): Value {
    const first = torch.relu('classifier.1', torch.linear('classifier.0', torch.flatten('flatten', x), 4096));
    return torch.linear('classifier.6', torch.relu('classifier.4', torch.linear('classifier.3', first, 4096)), 1000);
  },
  /** The same with convolutions: one of 7 × 7, which leaves a map of 1 × 1, and one of 1 × 1. */
  timm(torch: TorchLayers, x: Value): Value {
    const first = torch.relu('pre_logits.act1', torch.conv('pre_logits.fc1', x, 4096, 7, { padding: 0, bias: true }));
    const second = torch.relu('pre_logits.act2', torch.conv('pre_logits.fc2', first, 4096, 1, { bias: true }));
    return torch.linear('head.fc', torch.globalAverage('head.global_pool', second), 1000);
  },
};
