import type { CatalogueRow } from './backbone-spec';

/** Trained by libs/training/scripts/pretrain-digits.ts, which prints the three measured values at the end. */
export const digits: CatalogueRow = {
  name: 'digits',
  architecture: 'digits_cnn',
  title: 'Digits 0–4',
  description: 'A small convolutional network that knows the handwritten digits 0 to 4 in every orientation. Part of Thaw: no download.',
  source: 'BUILT_IN',
  licence: 'MIT',
  address: null,
  preprocessing: { inputSize: 28, resize: 'fill', range: [-1, 1] },
  blocks: [
    { name: 'block1', firstLayer: 'block1_conv1' },
    { name: 'block2', firstLayer: 'block2_conv1' },
    { name: 'block3', firstLayer: 'block3_conv1' },
  ],
  featureLayer: 'features',
  digest: 'b053161ea35458216dedf9754a0e37b407448236e820a004a06f07e51c5ed62b',
  parameters: 51_888,
  size: 217_992,
  top1: null,
};
