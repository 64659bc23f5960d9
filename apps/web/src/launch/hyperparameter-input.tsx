'use client';

import type { HyperparameterField } from '@thaw/config';
import { describedBy, Field, FieldNotes, SelectInput, TextInput } from '../ui/fields';
import { limitsOf, shownValue, type LaunchDraft } from './launch-draft';

interface HyperparameterInputProps {
  field: HyperparameterField;
  values: LaunchDraft['values'];
  error?: string;
  changed: boolean;
  onChange: (value: string | boolean) => void;
}

const inputModes = { integer: 'numeric', number: 'decimal', string: 'text', boolean: undefined, choice: undefined } as const;

/** The input the schema asks for, with its help and limits. */
export function HyperparameterInput({ field, values, error, changed, onChange }: HyperparameterInputProps) {
  const id = `hyperparameter-${field.name}`;
  const value = shownValue(field, values);
  const limits = limitsOf(field);
  const byDefault = `Default ${field.type === 'boolean' ? (field.default ? 'on' : 'off') : (field.default ?? 'none')}${limits ? `; ${limits}` : ''}.`;
  const help = <>{field.help} <span className="num">{byDefault}</span></>;
  const label = (
    <>
      {field.label}
      {field.unit && field.unit !== field.label.toLowerCase() && <span className="font-normal text-faint"> ({field.unit})</span>}
      {changed && <span className="ml-1.5 rounded bg-accent-soft px-1 py-px text-[11px] font-normal text-accent">changed</span>}
    </>
  );
  // The name stays the same whatever the label adds, for screen readers and tests alike.
  const common = { id, 'aria-label': field.label, 'aria-invalid': error !== undefined, 'aria-describedby': describedBy(id, true, error) };

  if (field.type === 'boolean') {
    return (
      <div className="flex flex-col gap-1">
        <label htmlFor={id} className="flex items-center gap-2 text-xs font-medium">
          <input {...common} type="checkbox" checked={value === true} onChange={(event) => onChange(event.target.checked)} className="size-3.5 accent-(--accent)" />
          <span>{label}</span>
        </label>
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
        <TextInput {...common} inputMode={inputModes[field.type]} value={String(value)} placeholder={String(field.default ?? '')}
          onChange={(event) => onChange(event.target.value)} className="num" />
      )}
    </Field>
  );
}
