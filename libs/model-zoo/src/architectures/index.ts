import type { Architecture } from './architecture';
import { efficientnetB0s } from './efficientnet-b0';
import { efficientnetLites } from './efficientnet-lite0';
import { mobilenetV2s } from './mobilenet-v2';
import { mobilenetV3s } from './mobilenet-v3';

export type { Architecture } from './architecture';

/** Every architecture a .safetensors file can be imported as. To add one: a file beside this one, and its row here. */
export const architectures: readonly Architecture[] = [
  ...efficientnetLites,
  ...efficientnetB0s,
  ...mobilenetV2s,
  ...mobilenetV3s,
];

/** Each name once, though two libraries may share it. */
export const architectureNames: readonly string[] = [...new Set(architectures.map(({ name }) => name))];

/** What "resnet18" or "timm/resnet18" may mean: a row per library that has it; none when the name is not known. */
export function findArchitectures(wanted: string): readonly Architecture[] {
  return architectures.filter(({ name, family }) => wanted === name || wanted === `${family}/${name}`);
}
