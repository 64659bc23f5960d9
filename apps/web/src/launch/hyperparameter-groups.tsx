'use client';

import { valuesHelp, type HyperparameterField } from '@thaw/config';
import { Search } from 'lucide-react';
import { useState } from 'react';
import type { Change } from '../compare/configuration/config-diff';
import { plural } from '../format/numbers';
import { TextInput } from '../ui/fields';
import { HyperparameterInput } from './hyperparameter-input';
import { fieldGroups, isRelevant, shownValue, type LaunchDraft } from './launch-draft';

/** The rest is folded until somebody opens it, changes it, looks for it or has a mistake in it. */
const openFromTheStart = new Set(['Transfer', 'Optimisation']);

interface HyperparameterGroupsProps {
  values: LaunchDraft['values'];
  errors: Record<string, string>;
  /** Against the parent; null without one. */
  changes: readonly Change[] | null;
  onChange: (name: string, value: string | boolean) => void;
}

/** Every hyperparameter that has a meaning, by group, with a search over names and help. */
export function HyperparameterGroups({ values, errors, changes, onChange }: HyperparameterGroupsProps) {
  const [wanted, setWanted] = useState('');
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = ({ name, label, help, group }: HyperparameterField) => words.every((word) => `${name} ${label} ${help} ${group}`.toLowerCase().includes(word));
  const shown = fieldGroups.map(({ group, fields }) => ({ group, fields: fields.filter((field) => isRelevant(field, values) && (matches(field) || errors[field.name])) })).filter(({ fields }) => fields.length > 0);
  const was = new Map(changes?.map(({ key, before }) => [key, { value: before }]));
  const isChanged = (field: HyperparameterField) => (changes ? was.has(field.name) : isTyped(field, values));
  return (
    <section aria-label="Hyperparameters" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 className="text-sm font-semibold">Hyperparameters</h2>
        <div className="relative w-full sm:ml-auto sm:w-64">
          <Search aria-hidden className="absolute top-2 left-2.5 size-3.5 text-faint" />
          <TextInput data-page-search type="search" aria-label="Find a setting" placeholder="Find a setting" value={wanted} onChange={(event) => setWanted(event.target.value)} className="pl-8" />
        </div>
        <p className="w-full text-xs text-muted">{valuesHelp}</p>
      </div>
      {shown.length === 0 && <p className="rounded-lg border bg-panel p-4 text-muted">No setting matches “{wanted}”. Some appear only with the strategy, optimizer or schedule that uses them.</p>}
      {shown.map(({ group, fields }) => (
        <Group key={group} group={group} sought={words.length > 0} count={fields.filter(isChanged).length} wrong={fields.some(({ name }) => errors[name])} summary={summaryOf(fields, values)}>
          {fields.map((field) => <HyperparameterInput key={field.name} field={field} values={values} was={was.get(field.name)} error={errors[field.name]} onChange={(value) => onChange(field.name, value)} />)}
        </Group>
      ))}
    </section>
  );
}

/** Something else than the default. */
const isTyped = (field: HyperparameterField, values: LaunchDraft['values']) => values[field.name] !== '' && String(shownValue(field, values)) !== String(field.default ?? '');

/** What a folded group holds besides defaults. */
const summaryOf = (fields: readonly HyperparameterField[], values: LaunchDraft['values']) =>
  fields.filter((field) => isTyped(field, values)).map((field) => `${field.label} ${String(shownValue(field, values)).replace(/^true$/, 'on').replace(/^false$/, 'off')}`).join(', ') || 'as by default';

function Group({ group, sought, count, wrong, summary, children }: { group: string; sought: boolean; count: number; wrong: boolean; summary: string; children: React.ReactNode }) {
  const [open, setOpen] = useState(openFromTheStart.has(group));
  const isForced = sought || wrong;
  const isOpen = open || isForced;
  return (
    <section aria-label={group} className="min-w-0 rounded-lg border bg-panel">
      <details open={isOpen} onToggle={(event) => { if (!isForced) setOpen(event.currentTarget.open); }}>
        <summary onClick={(event) => { if (isForced) event.preventDefault(); }} className="flex min-h-10 flex-wrap items-center gap-x-3 px-3 py-1.5">
          <h3 className="text-[13px] font-semibold">{group}</h3>
          <span className="min-w-0 truncate text-xs text-muted">{isOpen ? count > 0 && plural(count, 'change') : summary}</span>
        </summary>
        {isOpen && <div className="grid items-start gap-x-6 gap-y-4 border-t p-3 sm:grid-cols-2 lg:grid-cols-3">{children}</div>}
      </details>
    </section>
  );
}
