import type { BackboneCardFragment } from '../generated/graphql';

type Ordered = Pick<BackboneCardFragment, 'source' | 'parameters'> & Partial<Pick<BackboneCardFragment, 'top1' | 'picturesPerSecond' | 'title'>>;

const places = { BUILT_IN: 0, IMPORTED: 1, CATALOGUE: 2 } as const;

/** What is unknown comes last. */
const most = (figure: (backbone: Ordered) => number | null | undefined) => (a: Ordered, b: Ordered) => (figure(b) ?? -1) - (figure(a) ?? -1);

export const orders = {
  // Those that are always here, then those a person brought, then the catalogue from small to large.
  source: { label: 'By where they come from', compare: (a: Ordered, b: Ordered) => places[a.source] - places[b.source] || (a.source === 'CATALOGUE' ? (a.parameters ?? 0) - (b.parameters ?? 0) : 0) },
  accuracy: { label: 'Most accurate first', compare: most(({ top1 }) => top1?.percent) },
  size: { label: 'Smallest first', compare: (a: Ordered, b: Ordered) => (a.parameters ?? Infinity) - (b.parameters ?? Infinity) },
  speed: { label: 'Fastest first', compare: most(({ picturesPerSecond }) => picturesPerSecond?.native) },
  name: { label: 'By name', compare: (a: Ordered, b: Ordered) => (a.title ?? '').localeCompare(b.title ?? '') },
} as const;
export type Order = keyof typeof orders;

export const inOrder = <T extends Ordered>(backbones: readonly T[], order: Order = 'source'): T[] => [...backbones].sort(orders[order].compare);
