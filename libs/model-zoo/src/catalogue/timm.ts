import { findArchitectures } from '../architectures';
import type { CatalogueRow } from './backbone-spec';

/** timm's results/results-imagenet.csv at commit aa4b585, of August 2026: 224 pixels, timm's own crop and interpolation. */
const source = 'timm, results-imagenet.csv';

interface Row {
  /** The weights as timm names them: architecture.tag. */
  weights: string;
  title: string;
  description: string;
  licence?: string;
  parameters: number;
  /** percent */
  top1: number;
}

/** Running statistics are no parameters. */
const rows: readonly Row[] = [
  { weights: 'resnet18.tv_in1k', title: 'ResNet-18', description: 'The usual first choice: sturdy, well known, quick.', licence: 'BSD-3-Clause', parameters: 11_689_512, top1: 69.752 },
  { weights: 'resnet34.tv_in1k', title: 'ResNet-34', description: 'As ResNet-18, twice as deep.', licence: 'BSD-3-Clause', parameters: 21_797_672, top1: 73.298 },
  { weights: 'resnet50.tv_in1k', title: 'ResNet-50', description: 'What most papers compare themselves with.', licence: 'BSD-3-Clause', parameters: 25_557_032, top1: 76.156 },
  { weights: 'mobilenetv2_100.ra_in1k', title: 'MobileNet V2', description: 'Inverted residuals: small and quick.', parameters: 3_504_872, top1: 72.91 },
  { weights: 'mobilenetv3_small_100.lamb_in1k', title: 'MobileNet V3 small', description: 'The smallest here that still knows a thousand classes well.', parameters: 2_542_856, top1: 67.636 },
  { weights: 'mobilenetv3_large_100.ra_in1k', title: 'MobileNet V3 large', description: 'Made for phones, with squeeze-and-excitation.', parameters: 5_483_032, top1: 75.784 },
  { weights: 'efficientnet_b0.ra_in1k', title: 'EfficientNet-B0', description: 'Much accuracy for few parameters; slower than its size says.', parameters: 5_288_548, top1: 77.698 },
  { weights: 'tf_efficientnet_lite0.in1k', title: 'EfficientNet-Lite0', description: 'EfficientNet without squeeze-and-excitation: quick on plain processors.', parameters: 4_652_008, top1: 74.846 },
  { weights: 'vgg11.tv_in1k', title: 'VGG-11', description: 'Plain convolutions and three large dense layers: much to download.', parameters: 132_863_336, top1: 69.05 },
  { weights: 'vgg16.tv_in1k', title: 'VGG-16', description: 'As VGG-11, deeper. Its features suit style and texture.', parameters: 138_357_544, top1: 71.594 },
  { weights: 'densenet121.tv_in1k', title: 'DenseNet-121', description: 'Every layer reads all before it; often used on medical pictures.', parameters: 7_978_856, top1: 74.75 },
  { weights: 'convnext_tiny.fb_in1k', title: 'ConvNeXt-Tiny', description: 'A convolutional network in the shape of a transformer: the most accurate here, and slow on a processor.', parameters: 28_589_128, top1: 82.066 },
  { weights: 'vit_tiny_patch16_224.augreg_in21k_ft_in1k', title: 'ViT-Tiny', description: 'A vision transformer on patches of 16 pixels, trained on ImageNet-21k first.', parameters: 5_717_416, top1: 75.452 },
  { weights: 'vit_small_patch16_224.augreg_in21k_ft_in1k', title: 'ViT-Small', description: 'As ViT-Tiny, twice as wide.', parameters: 22_050_664, top1: 81.402 },
];

/** timm's weights on Hugging Face. Their digests are not known here: the first download pins them. */
export const timmBackbones: readonly CatalogueRow[] = rows.map(({ weights, title, description, licence = 'Apache-2.0', parameters, top1 }) => {
  const name = weights.split('.')[0]!;
  const [timm] = [...findArchitectures(`timm/${name}`), ...findArchitectures(name)];
  // Of one name in two libraries, only one fits: the blocks are its.
  const { family, preprocessing, blocks, featureLayer } = timm!;
  return {
    name, architecture: `${family}/${name}`, title, description: `ImageNet, 1000 classes. ${description}`, source: 'CATALOGUE', licence, parameters,
    address: `https://huggingface.co/timm/${weights}/resolve/main/model.safetensors`,
    preprocessing, blocks, featureLayer, digest: null, size: null, top1: { percent: top1, source },
  };
});
