import type { Architecture } from './architecture';
import { convnextTinies } from './convnext-tiny';
import { densenets } from './densenet';
import { efficientnetB0s } from './efficientnet-b0';
import { efficientnetLites } from './efficientnet-lite0';
import { mobilenetV2s } from './mobilenet-v2';
import { mobilenetV3s } from './mobilenet-v3';
import { resnets } from './resnet';
import { squeezenet } from './squeezenet';
import { vggs } from './vgg';
import { visionTransformers } from './vision-transformer';

export type { Architecture } from './architecture';

/** Every architecture a .safetensors file can be imported as. To add one: a file beside this one, and its row here. */
export const architectures: readonly Architecture[] = [
  ...convnextTinies,
  ...densenets,
  ...efficientnetB0s,
  ...efficientnetLites,
  ...mobilenetV2s,
  ...mobilenetV3s,
  ...resnets,
  squeezenet,
  ...vggs,
  ...visionTransformers,
];

/** Each name once, though two libraries may share it. */
export const architectureNames: readonly string[] = [...new Set(architectures.map(({ name }) => name))];

/** What "resnet18" or "timm/resnet18" may mean: a row per library that has it; none when the name is not known. */
export function findArchitectures(wanted: string): readonly Architecture[] {
  return architectures.filter(({ name, family }) => wanted === name || wanted === `${family}/${name}`);
}
