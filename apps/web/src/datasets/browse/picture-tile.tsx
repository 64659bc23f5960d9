import { Check } from 'lucide-react';
import { cx } from '../../ui/cx';
import type { Change } from '../changes/pending';
import type { ListedPicture } from './use-pictures';

interface PictureTileProps { picture: ListedPicture; index: number; total: number; selected: boolean; focused: boolean; change: Change | undefined }

/** What is to become of it stands below; the ring and the mark say that it is chosen. */
export function PictureTile({ picture: { url, path, label, split }, index, total, selected, focused, change }: PictureTileProps) {
  const now = change?.kind === 'move' ? change : { label, split };
  return (
    <div role="option" aria-selected={selected} aria-setsize={total} aria-posinset={index + 1} tabIndex={focused ? 0 : -1} data-index={index} title={path}
      aria-label={`${path}, ${now.label}, ${now.split === 'TRAIN' ? 'training' : 'validation'}${change ? `, ${change.kind === 'remove' ? 'to be removed' : 'changed'}` : ''}`}
      className="group min-w-0 cursor-pointer rounded-md p-0.5 focus-visible:outline-2">
      <div className={cx('relative overflow-hidden rounded-md border bg-sunken', selected && 'ring-2 ring-accent')}>
        <img src={`${url}?width=192`} alt="" loading="lazy" draggable={false} className={cx('aspect-square w-full object-cover', change?.kind === 'remove' && 'opacity-30 grayscale')} />
        <span data-mark aria-hidden className={cx('absolute top-1 left-1 flex size-5 items-center justify-center rounded-full border border-line-strong bg-panel text-accent-ink', selected ? 'border-accent bg-accent opacity-100' : 'opacity-0 group-hover:opacity-90 group-focus:opacity-90 pointer-coarse:opacity-90')}>{selected && <Check className="size-3.5" />}</span>
      </div>
      <p className="mt-0.5 flex justify-between gap-1 text-xs">
        <span className={cx('truncate', change && 'font-medium text-accent')}>{change?.kind === 'remove' ? 'remove' : `${change ? '→ ' : ''}${now.label}`}</span>
        <span className={cx(change && now.split !== split ? 'font-medium text-accent' : 'text-faint')}>{now.split === 'TRAIN' ? 'train' : 'val'}</span>
      </p>
    </div>
  );
}
