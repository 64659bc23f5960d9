import type { CatalogueEntry } from './backbone-spec';

/** Trained by libs/training/scripts/pretrain-digits.ts, which prints the three measured values at the end. */
export const digits: CatalogueEntry = {
  name: 'digits',
  architecture: 'digits_cnn',
  title: 'Digits 0–4',
  description: 'A small convolutional network that knows the handwritten digits 0 to 4. Part of Thaw: no download.',
  source: 'BUILT_IN',
  licence: 'MIT',
  address: null,
  preprocessing: { inputSize: 28, resize: 'fill', range: [-1, 1] },
  blocks: [
    { name: 'block1', firstLayer: 'block1_conv1' },
    { name: 'block2', firstLayer: 'block2_conv1' },
    { name: 'block3', firstLayer: 'block3_conv1' },
  ],
  featureLayer: 'block3_relu2',
  digest: 'de46a41bd9f59e270751e17e4e1f91200b760c0fb01a7ba3b45e261037c40b36',
  parameters: 52_133,
  size: 219_855,
};
