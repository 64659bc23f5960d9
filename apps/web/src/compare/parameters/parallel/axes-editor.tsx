'use client';

import { ArrowLeft, ArrowRight, Plus, X } from 'lucide-react';
import { useId } from 'react';
import { buttonClass } from '../../../ui/button';
import { inputClass } from '../../../ui/fields';
import { Panel } from '../../../ui/panel';
import { ColumnPicker } from '../column-picker';
import type { Column } from '../columns';
import { isRange, type Filter, type Filters } from '../filters';
import type { Explored } from '../use-explored';

interface EditorProps {
  explored: Explored;
  filters: Filters;
  setFilter: (id: string, filter: Filter | null) => void;
}

/** The axes in their order, each with what it lets through: the same as marking an axis, for the keyboard. */
export function AxesEditor({ explored, filters, setFilter }: EditorProps) {
  const { axes, columns, setAddress, isLog, toggleLog } = explored;
  const setAxes = (ids: readonly string[]) => void setAddress({ axes: [...ids] });
  const ids = axes.map(({ id }) => id);
  const move = (from: number, by: number) => {
    const next = [...ids];
    next.splice(from + by, 0, ...next.splice(from, 1));
    setAxes(next);
  };
  const remove = (id: string) => {
    setFilter(id, null);
    setAxes(ids.filter((other) => other !== id));
  };
  return (
    <Panel title="Axes and filters" actions={
      <ColumnPicker label="Add an axis" value={null} columns={columns.filter(({ id }) => !ids.includes(id))} onChange={(id) => !ids.includes(id) && setAxes([...ids, id])}
        trigger={<button type="button" className={buttonClass('secondary', 'sm')}><Plus aria-hidden />Add an axis</button>} />
    }>
      <ol className="grid gap-2 sm:grid-cols-2 lg:grid-cols-4">
        {axes.map((column, place) => (
          <li key={column.id} className="flex min-w-0 flex-col gap-1.5 rounded-md border p-2">
            <div className="flex items-center gap-0.5">
              <span className="mr-auto truncate text-xs font-medium" title={column.label}>{column.label}</span>
              <button type="button" aria-label={`Move ${column.label} left`} disabled={place === 0} onClick={() => move(place, -1)} className={buttonClass('ghost', 'icon')}><ArrowLeft aria-hidden /></button>
              <button type="button" aria-label={`Move ${column.label} right`} disabled={place === axes.length - 1} onClick={() => move(place, 1)} className={buttonClass('ghost', 'icon')}><ArrowRight aria-hidden /></button>
              <button type="button" aria-label={`Remove the axis ${column.label}`} onClick={() => remove(column.id)} className={buttonClass('ghost', 'icon')}><X aria-hidden /></button>
            </div>
            {column.kind === 'number'
              ? <Bounds column={column} filter={filters[column.id]} onChange={(filter) => setFilter(column.id, filter)} />
              : <Categories column={column} filter={filters[column.id]} onChange={(filter) => setFilter(column.id, filter)} />}
            {column.kind === 'number' && column.min > 0 && (
              <label className="flex items-center gap-1.5 text-xs text-muted"><input type="checkbox" checked={isLog(column)} onChange={() => toggleLog(column)} />Logarithmic</label>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  );
}

interface FilterProps { column: Column; filter: Filter | undefined; onChange: (filter: Filter | null) => void }

function Bounds({ column, filter, onChange }: FilterProps) {
  const range = filter && isRange(filter) ? filter : { from: null, to: null };
  const set = (next: { from: number | null; to: number | null }) => onChange(next.from === null && next.to === null ? null : next);
  return (
    <div className="grid grid-cols-2 gap-1.5">
      <Bound label={`${column.label} at least`} placeholder={`from ${column.format(column.min)}`} value={range.from} onChange={(from) => set({ ...range, from })} />
      <Bound label={`${column.label} at most`} placeholder={`to ${column.format(column.max)}`} value={range.to} onChange={(to) => set({ ...range, to })} />
    </div>
  );
}

/** Takes effect when it is left or Enter is pressed; what is no number is marked and changes nothing. */
function Bound({ label, placeholder, value, onChange }: { label: string; placeholder: string; value: number | null; onChange: (value: number | null) => void }) {
  const written = value === null ? '' : String(Number(value.toPrecision(5)));
  const commit = (input: HTMLInputElement) => {
    const text = input.value.trim();
    const wrong = text !== '' && !Number.isFinite(Number(text));
    input.setAttribute('aria-invalid', String(wrong));
    if (!wrong && text !== written) onChange(text === '' ? null : Number(text));
  };
  return (
    <input key={written} type="text" inputMode="decimal" autoComplete="off" aria-label={label} placeholder={placeholder} defaultValue={written} className={`${inputClass} num h-7! px-2! text-xs!`}
      title="A number, such as 0.001 or 1e-3" onBlur={({ currentTarget }) => commit(currentTarget)} onKeyDown={({ key, currentTarget }) => { if (key === 'Enter') commit(currentTarget); }} />
  );
}

function Categories({ column: { label, categories }, filter, onChange }: FilterProps) {
  const id = useId();
  const among = filter && !isRange(filter) ? filter.among : categories;
  const toggle = (category: string) => {
    const next = among.includes(category) ? among.filter((other) => other !== category) : [...among, category];
    onChange(next.length === categories.length ? null : { among: next });
  };
  return (
    <fieldset className="flex max-h-24 flex-wrap gap-x-3 gap-y-1 overflow-y-auto text-xs">
      <legend className="sr-only">{label} among</legend>
      {categories.map((category, index) => (
        <label key={category} htmlFor={`${id}${index}`} className="flex items-center gap-1.5"><input id={`${id}${index}`} type="checkbox" checked={among.includes(category)} onChange={() => toggle(category)} />{category}</label>
      ))}
    </fieldset>
  );
}
