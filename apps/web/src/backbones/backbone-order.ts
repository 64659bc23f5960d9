import type { BackboneCardFragment } from '../generated/graphql';

const places = { BUILT_IN: 0, IMPORTED: 1, CATALOGUE: 2 } as const;

/** Those that are always here, then those a person brought, then the catalogue from small to large. */
export function inOrder<T extends Pick<BackboneCardFragment, 'source' | 'parameters'>>(backbones: readonly T[]): T[] {
  return [...backbones].sort((a, b) => places[a.source] - places[b.source] || (a.source === 'CATALOGUE' ? (a.parameters ?? 0) - (b.parameters ?? 0) : 0));
}
