import { imagenetScaling } from '../architectures/imagenet-scaling';
import type { Preprocessing } from '../catalogue/backbone-spec';

export type Scaling = Omit<Preprocessing, 'inputSize' | 'resize'>;

/** The modes of preprocess_input in Keras Applications. Caffe's subtracts the mean of each channel and leaves 0–255. */
export const kerasModes: Readonly<Record<'tf' | 'torch' | 'caffe', Scaling>> = {
  tf: { range: [-1, 1] },
  torch: imagenetScaling,
  caffe: { mean: [123.68 / 255, 116.779 / 255, 103.939 / 255], std: [1 / 255, 1 / 255, 1 / 255], channelOrder: 'bgr' },
};
