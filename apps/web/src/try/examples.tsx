import { Panel } from '../ui/panel';

export interface Example { label: string; picture: { id: string; path: string; sha256: string; url: string } }

/** Validation pictures of the run, each a button. */
export function Examples({ examples, onPick }: { examples: readonly Example[]; onPick: (picture: Example['picture'], truth: string) => void }) {
  return (
    <Panel title="Validation pictures, most confident mistakes first">
      <ul className="flex flex-wrap gap-2">
        {examples.map(({ label, picture }) => (
          <li key={picture.id} className="w-20">
            <button type="button" title={picture.path} aria-label={`Try ${picture.path}, which is ${label}`} onClick={() => onPick(picture, label)} className="block overflow-hidden rounded-md border bg-sunken hover:border-accent">
              <img src={`${picture.url}?width=160`} alt="" loading="lazy" className="size-20 object-cover" />
            </button>
            <p className="truncate text-xs text-muted" title={label}>{label}</p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
