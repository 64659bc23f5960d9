import { Pencil } from 'lucide-react';
import { formatCount } from '../format/numbers';

/** Pictures per class, training and validation side by side, so that imbalance is seen. */
export function ClassCounts({ classes, onChoose, chosen, onRename }: { classes: readonly { name: string; trainCount: number; valCount: number }[]; onChoose: (name: string | null) => void; chosen: string | null; /** Not while changes to another version are unsaved. */ onRename: ((name: string) => void) | null }) {
  const most = Math.max(1, ...classes.map(({ trainCount, valCount }) => trainCount + valCount));
  return (
    <table className="grid-table" aria-label="Classes">
      <thead><tr><th scope="col">Class</th><th scope="col" className="w-1/2"><span className="inline-flex gap-3"><Swatch colour="var(--run-0)" />training<Swatch colour="var(--run-1)" />validation</span></th><th scope="col" className="right">Training</th><th scope="col" className="right">Validation</th></tr></thead>
      <tbody>
        {classes.map(({ name, trainCount, valCount }) => (
          <tr key={name} className={chosen === name ? 'bg-accent-soft' : 'hover:bg-hover'}>
            <th scope="row"><button type="button" aria-pressed={chosen === name} onClick={() => onChoose(chosen === name ? null : name)} className="min-h-6 min-w-6 text-left text-ink hover:underline">{name}</button>
              {onRename && <button type="button" aria-label={`Rename ${name}`} title="Rename" onClick={() => onRename(name)} className="ml-1.5 inline-grid size-6 place-items-center rounded align-middle text-faint hover:bg-hover hover:text-ink"><Pencil aria-hidden className="size-3" /></button>}</th>
            <td>
              <div aria-hidden className="flex h-2.5 gap-px overflow-hidden rounded-sm">
                <div style={{ width: `${(100 * trainCount) / most}%`, background: 'var(--run-0)' }} /><div style={{ width: `${(100 * valCount) / most}%`, background: 'var(--run-1)' }} />
              </div>
            </td>
            <td className="right">{formatCount(trainCount)}</td><td className="right">{formatCount(valCount)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const Swatch = ({ colour }: { colour: string }) => <span aria-hidden className="-mr-2 inline-block size-2 self-center rounded-full" style={{ background: colour }} />;
