'use client';

import { useQuery } from '@apollo/client/react';
import { ArrowDown, ArrowUp, X } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { KeyNamesDocument, type KeyKind } from '../../generated/graphql';
import { formatCount } from '../../format/numbers';
import { useProject } from '../../shell/project-context';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextInput } from '../../ui/fields';
import { columnOf, configColumnId, factIds, metricColumnId, type Stat } from '../table/columns';
import { stepBy } from '../table/move-columns';

const stats: { stat: Stat; word: string }[] = [{ stat: 'LAST', word: 'last' }, { stat: 'MIN', word: 'min' }, { stat: 'MAX', word: 'max' }];
const listed = 60;

/** Columns of the table: those it has, in their order, and all that it could have, found by typing. */
export function ColumnDialog({ columns, onChange, onClose }: { columns: readonly string[]; onChange: (columns: string[] | null) => void; onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const part = useDeferredValue(typed.trim());
  const has = new Set(columns);
  const toggle = (id: string) => onChange(has.has(id) ? columns.filter((each) => each !== id) : [...columns, id]);
  const facts = factIds.filter((id) => id !== 'name' && columnOf(id)!.title.toLowerCase().includes(part.toLowerCase()));
  return (
    <Dialog open wide onOpenChange={(open) => !open && onClose()} title="Columns" description="What the table says of each run. Drag headers to reorder them, or use the arrows here.">
      <div className="grid gap-4 md:grid-cols-2">
        <section aria-label="Shown" className="min-w-0">
          <div className="mb-1 flex items-center"><h3 className="mr-auto text-xs font-medium text-muted">Shown</h3><Button variant="ghost" size="sm" onClick={() => onChange(null)}>As at first</Button></div>
          <ol className="max-h-96 overflow-y-auto rounded-md border">
            {columns.map((id, index) => <ShownColumn key={id} id={id} index={index} last={columns.length - 1} onStep={(by) => onChange(stepBy(columns, id, by))} onRemove={() => toggle(id)} />)}
          </ol>
        </section>
        <section aria-label="To add" className="min-w-0">
          <TextInput type="search" aria-label="Find columns" placeholder="Part of a name, such as loss" value={typed} onChange={(event) => setTyped(event.target.value)} autoFocus />
          <div className="mt-2 max-h-96 overflow-y-auto">
            {facts.length > 0 && <h3 className="text-xs font-medium text-muted">Of the run</h3>}
            <ul className="mb-2">{facts.map((id) => <li key={id}><Tick label={columnOf(id)!.title} checked={has.has(id)} onChange={() => toggle(id)} /></li>)}</ul>
            <Keys kind="METRIC" part={part} title="Metrics">{(key) => (
              <span className="flex min-w-0 items-center gap-2 py-0.5">
                <span className="min-w-0 flex-1 truncate" title={key}>{key}</span>
                {stats.map(({ stat, word }) => <Tick key={stat} label={word} hiddenLabel={`${key}, `} checked={has.has(metricColumnId(key, stat))} onChange={() => toggle(metricColumnId(key, stat))} />)}
              </span>
            )}</Keys>
            <Keys kind="PARAM" part={part} title="Configuration">{(key) => <Tick label={key} checked={has.has(configColumnId(key))} onChange={() => toggle(configColumnId(key))} />}</Keys>
          </div>
        </section>
      </div>
    </Dialog>
  );
}

function ShownColumn({ id, index, last, onStep, onRemove }: { id: string; index: number; last: number; onStep: (by: -1 | 1) => void; onRemove: () => void }) {
  const { title, stat } = columnOf(id)!;
  const label = `${title}${stat ? ` ${stat.toLowerCase()}` : ''}`;
  return (
    <li className="flex items-center gap-1 border-b px-2 py-1 last:border-b-0">
      <span className="min-w-0 flex-1 truncate" title={label}>{title}{stat && <span className="ml-1.5 text-xs text-faint">{stat.toLowerCase()}</span>}</span>
      {index > 0 && (
        <>
          <Button variant="ghost" size="icon" className="size-6!" aria-label={`Move ${label} up`} disabled={index === 1} onClick={() => onStep(-1)}><ArrowUp aria-hidden /></Button>
          <Button variant="ghost" size="icon" className="size-6!" aria-label={`Move ${label} down`} disabled={index === last} onClick={() => onStep(1)}><ArrowDown aria-hidden /></Button>
          <Button variant="ghost" size="icon" className="size-6!" aria-label={`Remove ${label}`} onClick={onRemove}><X aria-hidden /></Button>
        </>
      )}
    </li>
  );
}

function Tick({ label, hiddenLabel, checked, onChange }: { label: string; hiddenLabel?: string; checked: boolean; onChange: () => void }) {
  return (
    <label className="flex min-w-0 items-center gap-1.5 py-0.5">
      <input type="checkbox" checked={checked} onChange={onChange} className="accent-(--accent)" />
      <span className="min-w-0 truncate"><span className="sr-only">{hiddenLabel}</span>{label}</span>
    </label>
  );
}

/** Never all 12,000: the first that contain what is typed. */
function Keys({ kind, part, title, children }: { kind: KeyKind; part: string; title: string; children: (key: string) => React.ReactNode }) {
  const project = useProject();
  const { data, previousData, error } = useQuery(KeyNamesDocument, { variables: { project, kind, contains: part || null, first: listed }, fetchPolicy: 'cache-and-network' });
  const keys = (data ?? previousData)?.keys;
  if (error) return <p role="alert" className="text-danger">{title} could not be listed: {error.message}</p>;
  if (!keys || keys.nodes.length === 0) return null;
  return (
    <>
      <h3 className="text-xs font-medium text-muted">{title}</h3>
      <ul className="mb-1">{keys.nodes.map(({ name }) => <li key={name}>{children(name)}</li>)}</ul>
      {keys.totalCount > keys.nodes.length && <p className="mb-2 text-xs text-faint">{formatCount(keys.totalCount - keys.nodes.length)} more; type to narrow them down.</p>}
    </>
  );
}
