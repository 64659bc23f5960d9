import type { Architecture } from './architecture';
import { efficientnetLites } from './efficientnet-lite0';

export type { Architecture } from './architecture';

/** Every architecture a .safetensors file can be imported as. To add one: a file beside this one, and its row here. */
export const architectures: readonly Architecture[] = [...efficientnetLites];

/** Each name once, though two libraries may share it. */
export const architectureNames: readonly string[] = [...new Set(architectures.map(({ name }) => name))];

/** What "resnet18" or "timm/resnet18" may mean: a row per library that has it; none when the name is not known. */
export function findArchitectures(wanted: string): readonly Architecture[] {
  return architectures.filter(({ name, family }) => wanted === name || wanted === `${family}/${name}`);
}
