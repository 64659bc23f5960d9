'use client';

import type { HyperparameterField } from '@thaw/config';
import { ListPlus, RotateCcw } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import { formatValue } from '../format/numbers';
import { describedBy, Field, FieldNotes, SelectInput, TextInput } from '../ui/fields';
import { limitsOf, shownValue, valuesOf, type LaunchDraft } from './launch-draft';

interface HyperparameterInputProps {
  field: HyperparameterField;
  values: LaunchDraft['values'];
  error?: string;
  /** What the parent has, where this differs. */
  was?: { value: unknown };
  onChange: (value: string | boolean) => void;
}

const small = 'inline-flex items-center gap-1 rounded px-1 text-[11px] font-normal text-accent hover:underline [&_svg]:size-3';

const isSeveral = (field: HyperparameterField, value: string | boolean) => typeof value === 'string' && value.includes(',') && (field.choices !== undefined || field.type === 'boolean');

/** The input the schema asks for, with its help and limits; choices and switches take several values, too. */
export function HyperparameterInput(props: HyperparameterInputProps) {
  const { field, values, onChange } = props;
  const several = isSeveral(field, shownValue(field, values));
  const place = useRef<HTMLDivElement>(null);
  const pressed = useRef(false);
  useEffect(() => {
    // What was pressed to get from one value to several, or back, is gone now.
    if (pressed.current) place.current?.querySelector<HTMLElement>('input, select')?.focus();
    pressed.current = false;
  }, [several]);
  const change = (value: string | boolean) => {
    pressed.current = isSeveral(field, value) !== several;
    onChange(value);
  };
  return <div ref={place} className="min-w-0">{several ? <Several {...props} onChange={change} /> : <Single {...props} onChange={change} />}</div>;
}

function Single({ field, values, error, was, onChange }: HyperparameterInputProps) {
  const id = `hyperparameter-${field.name}`;
  const value = shownValue(field, values);
  const help = <Help field={field} />;
  const label = <>{field.label}{field.unit && field.unit !== field.label.toLowerCase() && <span className="font-normal text-faint"> ({field.unit})</span>}</>;
  // The name stays the same whatever the label adds, for screen readers and tests alike.
  const common = { id, 'aria-label': field.label, 'aria-invalid': error !== undefined, 'aria-describedby': describedBy(id, true, error) };
  const reset = was && <Reset of={id} was={was.value} onChange={onChange} />;
  if (field.type === 'boolean') {
    return (
      <div className="flex flex-col gap-1">
        <div className="flex flex-wrap items-center gap-x-2">
          <label htmlFor={id} className="flex items-center gap-2 text-xs font-medium">
            <input {...common} type="checkbox" checked={value === true} onChange={(event) => onChange(event.target.checked)} className="size-3.5 accent-(--accent)" />
            <span>{label}</span>
          </label>
          {reset}
          <SeveralButton of={field.label} onClick={() => onChange('off, on')} />
        </div>
        <FieldNotes id={id} help={help} error={error} />
      </div>
    );
  }
  return (
    <Field id={id} label={label} help={help} error={error}>
      {field.choices ? (
        <SelectInput {...common} value={String(value)} onChange={(event) => onChange(event.target.value)}>
          {field.choices.map((choice) => <option key={choice} value={choice}>{choice}</option>)}
        </SelectInput>
      ) : (
        <TextInput {...common} inputMode="text" value={String(value)} placeholder={String(field.default ?? '')} onChange={(event) => onChange(event.target.value)} className="num" />
      )}
      <div className="flex flex-wrap items-center gap-x-2 empty:hidden">
        {reset}
        {field.choices && <SeveralButton of={field.label} onClick={() => onChange([String(value), ...field.choices!.filter((choice) => choice !== value).slice(0, 1)].join(', '))} />}
        {!field.choices && valuesOf(field, values).length > 1 && <span className="num text-[11px] text-accent">{valuesOf(field, values).length} values: {valuesOf(field, values).slice(0, 8).join(', ')}{valuesOf(field, values).length > 8 ? ' …' : ''}</span>}
      </div>
    </Field>
  );
}

function Help({ field }: { field: HyperparameterField }) {
  const limits = limitsOf(field);
  return <>{field.help} <span className="num">Default {field.type === 'boolean' ? (field.default ? 'on' : 'off') : (field.default ?? 'none')}{limits ? `; ${limits}` : ''}.</span></>;
}

function Reset({ of, was, onChange }: { of: string; was: unknown; onChange: HyperparameterInputProps['onChange'] }) {
  return (
    <button type="button" onClick={() => onChange(typeof was === 'boolean' ? was : String(was ?? ''))} aria-describedby={of} className={small}>
      <RotateCcw aria-hidden />was {formatValue(was)}<span className="sr-only">, put it back</span>
    </button>
  );
}

function SeveralButton({ of, onClick }: { of: string; onClick: () => void }) {
  return <button type="button" onClick={onClick} className={small}><ListPlus aria-hidden />Several<span className="sr-only"> values of {of}</span></button>;
}

/** A box for each choice; with one left it is a single value again. */
function Several({ field, values, error, was, onChange }: HyperparameterInputProps) {
  const id = useId();
  const all = field.choices ?? ['off', 'on'];
  const chosen = new Set(valuesOf(field, values).map((value) => (typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value))));
  const toggle = (choice: string) => {
    const next = all.filter((each) => (each === choice ? !chosen.has(each) : chosen.has(each)));
    if (next.length === 0) return;
    onChange(next.length > 1 ? next.join(', ') : field.type === 'boolean' ? next[0] === 'on' : next[0]!);
  };
  return (
    <fieldset className="flex flex-col gap-1" aria-describedby={describedBy(id, true, error)}>
      <legend className="mb-1 text-xs font-medium">{field.label}</legend>
      <div className="flex flex-wrap gap-x-3 gap-y-1">
        {all.map((choice) => (
          <label key={choice} className="flex items-center gap-1.5 text-xs">
            <input type="checkbox" checked={chosen.has(choice)} onChange={() => toggle(choice)} className="size-3.5 accent-(--accent)" />{choice}
          </label>
        ))}
      </div>
      {was && <div><Reset of={id} was={was.value} onChange={onChange} /></div>}
      <FieldNotes id={id} help={<Help field={field} />} error={error} />
    </fieldset>
  );
}
