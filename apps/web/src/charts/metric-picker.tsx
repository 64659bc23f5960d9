'use client';

import { useState, type ReactNode } from 'react';
import { useProject } from '../shell/project-context';
import { Combobox, MultiCombobox, type ComboboxOption } from '../ui/combobox';
import { rememberMetric, useRecentMetrics } from './recent-metrics';
import { useKeys } from './use-keys';

interface Asking {
  label?: string;
  /** keys to offer before all others, such as those the shown runs logged */
  common?: readonly string[];
  className?: string;
  id?: string;
  disabled?: boolean;
  trigger?: ReactNode;
  align?: 'start' | 'end';
}

/** Chooses a metric of the project by typing a part of its key. */
export function MetricPicker({ value, onChange, ...asking }: Asking & { value: string | null; onChange: (key: string) => void }) {
  const { project, ...list } = useOffer(asking, value === null ? [] : [value]);
  const pick = (key: string) => {
    rememberMetric(project, key);
    onChange(key);
  };
  return <Combobox {...list} value={value} onChange={pick} />;
}

/** Chooses several; they keep the order they were chosen in. */
export function MetricsPicker({ values, onChange, ...asking }: Asking & { values: readonly string[]; onChange: (keys: string[]) => void }) {
  const { project, ...list } = useOffer(asking, values);
  const pick = (keys: string[]) => {
    for (const key of keys) if (!values.includes(key)) rememberMetric(project, key);
    onChange(keys);
  };
  return <MultiCombobox {...list} values={values} onChange={pick} />;
}

function useOffer({ label = 'Metric', common = [], ...rest }: Asking, chosen: readonly string[]) {
  const project = useProject();
  const [opened, setOpened] = useState(false);
  const { search, typed, keys, more, loading, error } = useKeys('METRIC', opened);
  const recent = useRecentMetrics(project);
  const onSearch = (text: string) => {
    setOpened(true);
    search(text);
  };
  return {
    ...rest, project, label, onSearch, loading, placeholder: 'Part of a key, such as loss',
    options: offered({ typed, chosen, recent, common, keys }),
    error: error ? 'The keys could not be read; go on with what is listed.' : null,
    none: (text: string) => (text ? `No metric’s key contains “${text}”.` : 'No run of this project has logged a metric yet.'),
    footer: more ? `The first ${keys.length} of more; type to narrow them down` : undefined,
  };
}

interface Offer { typed: string; chosen: readonly string[]; recent: readonly string[]; common: readonly string[]; keys: readonly string[] }

/** Each key once: what is chosen, what was used lately, what the runs at hand logged, then the rest. */
export function offered({ typed, chosen, recent, common, keys }: Offer): ComboboxOption[] {
  const seen = new Set<string>();
  const part = typed.trim().toLowerCase();
  const group = (name: string, members: readonly string[]): ComboboxOption[] =>
    members.filter((key) => key.toLowerCase().includes(part) && !seen.has(key) && seen.add(key)).map((value) => ({ value, group: name }));
  return [...group('Chosen', chosen), ...group('Lately used', recent), ...group('In these runs', common), ...group('All metrics', keys)];
}
