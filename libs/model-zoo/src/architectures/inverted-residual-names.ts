import type { BlockNames, ModuleNames } from './inverted-residual';

/** timm's. A block that does not widen is another module there, which counts its norms from the filter. */
export const timmNames: ModuleNames = {
  stem: ['conv_stem', 'bn1'],
  block({ stage, index, expands }) {
    const at = `blocks.${stage}.${index}`;
    return {
      expand: [`${at}.conv_pw`, `${at}.bn1`],
      filter: [`${at}.conv_dw`, `${at}.bn${expands ? 2 : 1}`],
      squeeze: [`${at}.se.conv_reduce`, `${at}.se.conv_expand`],
      project: expands ? [`${at}.conv_pwl`, `${at}.bn3`] : [`${at}.conv_pw`, `${at}.bn2`],
      sum: `${at}.add`,
    };
  },
};

/** torchvision numbers the parts of a block in the order they come in; `path` leads to the block's sequence of them. */
export function torchvisionNames(path: (at: { stage: number; index: number; position: number }) => string, project: (at: string, part: number) => BlockNames['project']): ModuleNames {
  return {
    stem: ['features.0.0', 'features.0.1'],
    block({ expands, squeezes, ...place }) {
      const at = path(place);
      const filter = expands ? 1 : 0;
      return {
        expand: [`${at}.0.0`, `${at}.0.1`],
        filter: [`${at}.${filter}.0`, `${at}.${filter}.1`],
        squeeze: [`${at}.${filter + 1}.fc1`, `${at}.${filter + 1}.fc2`],
        project: project(at, filter + (squeezes ? 2 : 1)),
        sum: `${at}.add`,
      };
    },
  };
}

/** A convolution and its norm as one part of a sequence. */
export const together = (at: string, part: number): BlockNames['project'] => [`${at}.${part}.0`, `${at}.${part}.1`];

/** A convolution and its norm as two parts of a sequence. */
export const apart = (at: string, part: number): BlockNames['project'] => [`${at}.${part}`, `${at}.${part + 1}`];
