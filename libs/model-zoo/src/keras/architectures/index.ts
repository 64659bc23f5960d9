import type { KerasArchitecture } from './keras-architecture';
import { kerasMobilenets } from './mobilenet';
import { kerasSqueezenet } from './squeezenet';

export type { KerasArchitecture } from './keras-architecture';

/** Every architecture a Keras file of weights alone can be imported as. */
export const kerasArchitectures: readonly KerasArchitecture[] = [...kerasMobilenets, kerasSqueezenet];

export const kerasArchitectureNames: readonly string[] = kerasArchitectures.map(({ name }) => name);

export function findKerasArchitecture(name: string): KerasArchitecture | null {
  return kerasArchitectures.find((architecture) => architecture.name === name) ?? null;
}
