import { kerasSqueezenet } from '../keras/architectures/squeezenet';
import type { CatalogueRow } from './backbone-spec';

const { name, preprocessing, blocks, featureLayer } = kerasSqueezenet;

/** The weights DeepCognition/keras-squeezenet publishes, at the commit their digest was taken of. */
export const squeezenet: CatalogueRow = {
  name, architecture: name, preprocessing, blocks, featureLayer,
  title: 'SqueezeNet 1.1',
  description: 'ImageNet, features without the classifier. The fewest parameters of all that know ImageNet, after MobileNet V1 0.25.',
  source: 'CATALOGUE',
  licence: 'MIT',
  address: 'https://raw.githubusercontent.com/DeepCognition/keras-squeezenet/a73d4339aa4d37c51a0b3ba044bed55477abec73/squeezenet_weights_tf_dim_ordering_tf_kernels_notop.h5',
  digest: 'eed812a6e91a73357ec6ba68994752870fddd95de5cc2e3d440d364c6f7b1a99',
  parameters: 722_496,
  size: 3_002_560,
  top1: null,
};
