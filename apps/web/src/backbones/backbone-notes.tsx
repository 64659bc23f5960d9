import type { BackboneCardFragment } from '../generated/graphql';

type Noted = Pick<BackboneCardFragment, 'source' | 'digest' | 'top1' | 'picturesPerSecond'>;

/** How far the facts of these backbones can be relied on. */
export function BackboneNotes({ backbones }: { backbones: readonly Noted[] }) {
  const unpinned = backbones.some(({ source, digest }) => source === 'CATALOGUE' && digest === null);
  const machine = backbones.map(({ picturesPerSecond }) => picturesPerSecond?.machine).find(Boolean);
  return (
    <p className="max-w-4xl text-xs text-pretty text-muted">
      {[
        backbones.some(({ top1 }) => top1) && 'Pictures are stretched to the square, so published accuracy, measured on a crop, is for orientation.',
        machine && `Speed is that of a forward pass on native TensorFlow, on ${machine}.`,
        unpinned && 'Where no digest is known beforehand, the first download is pinned (trust on first use).',
      ].filter(Boolean).join(' ')}
    </p>
  );
}
