import type { BackboneBlock, CatalogueRow } from './backbone-spec';

/** The stem and the thirteen depthwise-separable blocks, as Keras names their layers. */
export const mobilenetV1Blocks: BackboneBlock[] = [
  { name: 'conv1', firstLayer: 'conv1' },
  ...Array.from({ length: 13 }, (_, index) => ({ name: `conv_pw_${index + 1}`, firstLayer: `conv_dw_${index + 1}` })),
];

export const mobilenetV1FeatureLayer = 'conv_pw_13_relu';

function mobilenetV1(width: string, { percent, ...measured }: Pick<CatalogueRow, 'digest' | 'parameters' | 'size'> & { percent: number }): CatalogueRow {
  return {
    name: `mobilenet_v1_${width}_224`,
    architecture: `mobilenet_v1_${width}_224`,
    title: `MobileNet V1 ${width}`,
    description: `ImageNet, 1000 classes, ${width} of the full width. Small and quick: made for phones, good on two cores.`,
    source: 'CATALOGUE',
    licence: 'Apache-2.0',
    address: `https://storage.googleapis.com/tfjs-models/tfjs/mobilenet_v1_${width}_224/model.json`,
    preprocessing: { inputSize: 224, resize: 'fill', range: [-1, 1] },
    blocks: mobilenetV1Blocks,
    featureLayer: mobilenetV1FeatureLayer,
    ...measured,
    top1: { percent, source: 'Howard et al., 2017, table 6' },
  };
}

export const mobilenets: readonly CatalogueRow[] = [
  mobilenetV1('0.25', { digest: '917df63a36dccdb32176bd90ad95f32b9820ea4409f6c6d921a894af5c5bc182', parameters: 475_544, size: 1_951_543, percent: 50.6 }),
  mobilenetV1('0.50', { digest: null, parameters: 1_342_536, size: null, percent: 63.7 }),
  mobilenetV1('0.75', { digest: 'a3caac0de3ded4e60a49af38a4aab54b65f9be571d3f80f0ddf41a76879d8e69', parameters: 2_601_976, size: 10_457_307, percent: 68.4 }),
  mobilenetV1('1.0', { digest: null, parameters: 4_253_864, size: null, percent: 70.6 }),
];
