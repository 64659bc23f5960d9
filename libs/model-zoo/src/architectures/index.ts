import type { Architecture } from './architecture';
import { efficientnetLite0 } from './efficientnet-lite0';

export type { Architecture } from './architecture';

/** Every architecture a .safetensors file can be imported as. To add one: a file beside this one, and its row here. */
export const architectures: readonly Architecture[] = [efficientnetLite0];

export const architectureNames: readonly string[] = architectures.map(({ name }) => name);

export function findArchitecture(name: string): Architecture | null {
  return architectures.find((architecture) => architecture.name === name) ?? null;
}
