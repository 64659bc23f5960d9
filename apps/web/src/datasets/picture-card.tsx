interface Shown { path: string; label: string; split: 'TRAIN' | 'VAL'; url: string }

/** One picture with where it lies. */
export function PictureCard({ picture: { path, label, split, url } }: { picture: Shown }) {
  return (
    <figure className="w-28 min-w-0">
      <a href={url} target="_blank" rel="noreferrer" title={path} className="block overflow-hidden rounded-md border bg-sunken"><img src={`${url}?width=224`} alt={path} loading="lazy" className="aspect-square w-full object-cover" /></a>
      <figcaption className="mt-0.5 text-xs">
        <span className="flex justify-between gap-1"><span className="truncate">{label}</span><span className="text-faint">{split === 'TRAIN' ? 'train' : 'val'}</span></span>
        <span className="block truncate text-faint" title={path}>{path}</span>
      </figcaption>
    </figure>
  );
}
