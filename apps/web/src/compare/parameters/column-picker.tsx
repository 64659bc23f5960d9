'use client';

import { useState, type ReactNode } from 'react';
import { useKeys } from '../../charts/use-keys';
import { Combobox, type ComboboxOption } from '../../ui/combobox';
import { metricOf, type Column } from './columns';

interface PickerProps {
  label: string;
  value: string | null;
  columns: readonly Column[];
  onChange: (id: string) => void;
  /** only columns of numbers, and metrics */
  numbers?: boolean;
  /** only metrics */
  metrics?: boolean;
  /** what choosing nothing is called; it answers '' */
  none?: string;
  className?: string;
  trigger?: ReactNode;
}

/** Chooses a value of the runs: of the configuration, a fact, or any metric of the project by a part of its key. */
export function ColumnPicker({ label, value, columns, onChange, numbers = false, metrics = false, none, className, trigger }: PickerProps) {
  const [opened, setOpened] = useState(false);
  const { search, typed, keys, more, loading, error } = useKeys('METRIC', opened);
  const part = typed.trim().toLowerCase();
  const onSearch = (text: string) => {
    setOpened(true);
    search(text);
  };
  const known = metrics ? [] : columns.filter(({ id, kind }) => (!numbers || kind === 'number') && id.toLowerCase().includes(part));
  const options: ComboboxOption[] = [
    ...(none && !part ? [{ value: ' ', label: none }] : []),
    ...[...known].sort((a, b) => Number(b.distinct > 1) - Number(a.distinct > 1)).map(({ id, label: name, group, distinct }) => ({ value: id, label: name, group, hint: distinct === 1 ? 'same in all' : `${distinct} values` })),
    ...keys.flatMap((key) => [{ value: `best:${key}`, label: `${key} (best)`, group: 'Metric' }, { value: `last:${key}`, label: `${key} (last)`, group: 'Metric' }]),
  ];
  if (value && !options.some((option) => option.value === value)) options.unshift({ value, label: nameOf(value, columns) });
  return (
    <Combobox label={label} value={value ?? (none ? ' ' : null)} options={options} onSearch={onSearch} loading={loading} className={className} trigger={trigger}
      placeholder="Part of a name" onChange={(id) => onChange(id.trim())} error={error ? 'The metrics could not be read; go on with what is listed.' : null}
      none={(text) => `Nothing is called “${text}”.`} footer={more ? 'More metrics: type to narrow them down' : undefined} />
  );
}

function nameOf(id: string, columns: readonly Column[]): string {
  const metric = metricOf(id);
  return metric ? `${metric.key} (${metric.statistic})` : (columns.find((column) => column.id === id)?.label ?? id);
}
